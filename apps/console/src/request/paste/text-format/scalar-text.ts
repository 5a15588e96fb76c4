import { ScalarType } from "@bufbuild/protobuf";
import type { BinaryReader } from "@bufbuild/protobuf/wire";

/** Reads a scalar of `type`, and writes it as text format has it. */
export function scalarText(reader: BinaryReader, type: ScalarType): string {
  switch (type) {
    case ScalarType.STRING:
      return quoteText(reader.bytes());
    case ScalarType.BYTES:
      return quoteBytes(reader.bytes());
    case ScalarType.BOOL:
      return String(reader.bool());
    case ScalarType.DOUBLE:
      return floatText(reader.double(), String);
    case ScalarType.FLOAT:
      return floatText(reader.float(), shortestFloat);
    case ScalarType.INT32:
      return String(reader.int32());
    case ScalarType.UINT32:
      return String(reader.uint32());
    case ScalarType.SINT32:
      return String(reader.sint32());
    case ScalarType.FIXED32:
      return String(reader.fixed32());
    case ScalarType.SFIXED32:
      return String(reader.sfixed32());
    case ScalarType.INT64:
      return String(reader.int64());
    case ScalarType.UINT64:
      return String(reader.uint64());
    case ScalarType.SINT64:
      return String(reader.sint64());
    case ScalarType.FIXED64:
      return String(reader.fixed64());
    case ScalarType.SFIXED64:
      return String(reader.sfixed64());
  }
}

function floatText(value: number, print: (value: number) => string): string {
  if (Number.isFinite(value)) {
    return Object.is(value, -0) ? "-0" : print(value);
  }
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/** The digits that always tell a float from its neighbours (IEEE 754). */
const maxFloatDigits = 9;

function shortestFloat(value: number): string {
  for (let digits = 1; digits < maxFloatDigits; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) {
      return text;
    }
  }
  return String(Number(value.toPrecision(maxFloatDigits)));
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/** Bytes as a string in quotes: all but printable ASCII is escaped. */
export function quoteBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += escapes.get(character) ?? (byte >= 0x20 && byte < 0x7f ? character : octal(byte));
  }
  return `"${text}"`;
}

/** The text that UTF-8 bytes are, in quotes; other bytes as `quoteBytes` has them. */
function quoteText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    // What can't be seen, or turns the direction of text, is escaped.
    const escaped = text.replace(/["\\\p{Cc}]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return escapes.get(character) ?? (code < 0x80 ? octal(code) : `\\u${code.toString(16).padStart(4, "0")}`);
    });
    return `"${escaped}"`;
  } catch {
    return quoteBytes(bytes);
  }
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, "0")}`;
}
