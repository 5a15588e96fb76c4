import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { escapeText, hasUnseen, unescapeText } from "./escaped-text.ts";

/** The forms in which bytes are shown and typed. */
export const bytesFormats = ["base64", "base64url", "hex", "text"] as const;

/** One of the forms in which bytes are shown and typed: base64 of both alphabets (RFC 4648), hexadecimal, UTF-8 text. */
export type BytesFormat = (typeof bytesFormats)[number];

/** Bytes, or what was typed in a form and is no bytes yet. */
export type ReadBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly format: BytesFormat }
  | { readonly kind: "half"; readonly typed: string; readonly format: BytesFormat };

const base64Grammar = /^[A-Za-z0-9+/_-]*(={0,2})$/;

/** Marks text that was typed in another form and is no bytes yet. A colon is in no alphabet of base64. */
const halfTyped = /^(hex|text):(.*)$/s;

/** Reads the string that stands in JSON for bytes; never throws. `format` is the form in which it is written. */
export function readBytes(value: string): ReadBytes {
  const [, format, typed = ""] = halfTyped.exec(value) ?? [];
  if (format !== undefined) {
    return { kind: "half", typed, format: format === "hex" ? "hex" : "text" };
  }
  const form: BytesFormat = /[-_]/.test(value) ? "base64url" : "base64";
  const bytes = decodeBase64(value);
  return bytes === undefined ? { kind: "half", typed: value, format: form } : { kind: "bytes", bytes, format: form };
}

/** Decodes base64 of either alphabet, with its padding or without; undefined for every other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const padding = base64Grammar.exec(text)?.[1]?.length;
  if (padding === undefined) {
    return undefined;
  }
  const digits = text.length - padding;
  const isWhole = padding === 0 ? digits % 4 !== 1 : text.length % 4 === 0;
  return isWhole ? base64Decode(text) : undefined;
}

/**
 * What a field in the form `format` shows for the string that stands in JSON; `writeBytes` makes the same bytes of it.
 * Undefined where the form can't show the bytes exactly: no UTF-8, or no bytes at all.
 */
export function showBytes(value: string, format: BytesFormat): string | undefined {
  const read = readBytes(value);
  if (read.kind === "half") {
    return read.format === format || (isBase64(read.format) && isBase64(format)) ? read.typed : undefined;
  }
  if (read.format === format) {
    return value;
  }
  switch (format) {
    case "base64":
      return base64Encode(read.bytes);
    case "base64url":
      return base64Encode(read.bytes, "url");
    case "hex":
      return hexOf(read.bytes);
    case "text": {
      const text = utf8Of(read.bytes);
      return text !== undefined && (hasUnseen(text) || text.includes("\\")) ? escapeText(text) : text;
    }
  }
}

/**
 * The string that stands in JSON for what was typed in the form `format`: white space within base64 and hexadecimal makes
 * no difference, nor do `0x` and colons within hexadecimal; text has the escapes of JSON. What is no bytes yet is kept, so
 * that it is read back in the same form and a check marks it.
 */
export function writeBytes(typed: string, format: BytesFormat): string {
  switch (format) {
    case "base64":
    case "base64url": {
      const dense = typed.replace(/\s+/g, "");
      return decodeBase64(dense) === undefined ? typed : dense;
    }
    case "hex": {
      const bytes = bytesOfHex(typed.replace(/\s+|0[xX]|:/g, ""));
      return bytes === undefined ? `hex:${typed}` : base64Encode(bytes);
    }
    case "text": {
      const text = unescapeText(typed);
      return text.isWellFormed() ? base64Encode(new TextEncoder().encode(text)) : `text:${typed}`;
    }
  }
}

function isBase64(format: BytesFormat): boolean {
  return format === "base64" || format === "base64url";
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => hexOfByte[byte] ?? "").join(" ");
}

function bytesOfHex(hex: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex)) {
    return undefined;
  }
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function utf8Of(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
