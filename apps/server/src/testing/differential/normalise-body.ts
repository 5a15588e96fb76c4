import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { decodeBase64Segments } from "./base64-segments.ts";
import { type HandlerTexts, normaliseEndStream, normaliseErrorJson, normaliseTrailers } from "./normalise-error.ts";
import type { Field } from "./script.ts";
import { splitEnvelopes } from "./split-envelopes.ts";

/** What tells how a body is to be read. */
export interface BodyFacts {
  readonly status: number;
  readonly contentType: string;
  /** The encoding of messages, or of the whole body where that is no envelopes. */
  readonly encoding: string | undefined;
  readonly texts: HandlerTexts;
}

/** A body by its meaning: messages, and what a protocol puts after them. */
export interface NormalBody {
  /** Messages in hexadecimal, or as JSON values; `compressed` tells whether one was so on the wire. */
  readonly messages: readonly unknown[];
  /** The trailers of gRPC-Web, the end of a Connect stream, or the error of a Connect unary call. */
  readonly end: unknown;
  /** Whatever is left over, and wouldn't be there if the protocol was kept. */
  readonly rest: string;
}

const compressedFlag = 0b1;
const endStreamFlag = 0b10;
const trailerFlag = 0b1000_0000;

/** Reads a body by its content type. */
export function normaliseBody(body: Uint8Array, facts: BodyFacts): NormalBody {
  const mediaType = facts.contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (mediaType.startsWith("application/grpc-web-text")) {
    return normaliseEnvelopes(decodeBase64Segments(body), mediaType, facts);
  }
  if (mediaType.startsWith("application/grpc") || mediaType.startsWith("application/connect+")) {
    return normaliseEnvelopes(body, mediaType, facts);
  }
  const plain = decompress(body, facts.encoding);
  if (mediaType === "application/json") {
    const value = parseJson(plain);
    return facts.status === 200
      ? { messages: [value], end: undefined, rest: "" }
      : { messages: [], end: normaliseErrorJson(value, facts.texts), rest: "" };
  }
  return mediaType === "application/proto"
    ? { messages: [hex(plain)], end: undefined, rest: "" }
    : { messages: [], end: undefined, rest: Buffer.from(plain).toString("latin1") };
}

function normaliseEnvelopes(body: Uint8Array, mediaType: string, { encoding, texts }: BodyFacts): NormalBody {
  const { envelopes, rest } = splitEnvelopes(body);
  const messages: unknown[] = [];
  let end: unknown;
  for (const { flags, data } of envelopes) {
    const compressed = (flags & compressedFlag) !== 0;
    const plain = compressed ? decompress(data, encoding) : data;
    const kind = flags & ~compressedFlag;
    if (kind === trailerFlag && mediaType.startsWith("application/grpc-web")) {
      end = normaliseTrailers(parseBlock(plain), texts);
    } else if (kind === endStreamFlag && mediaType.startsWith("application/connect+")) {
      end = normaliseEndStream(parseJson(plain), texts);
    } else {
      const message = mediaType.endsWith("json") ? parseJson(plain) : hex(plain);
      messages.push({ kind, compressed, afterEnd: end !== undefined, message });
    }
  }
  return { messages, end, rest: hex(rest) };
}

function decompress(data: Uint8Array, encoding: string | undefined): Uint8Array {
  if (data.byteLength === 0) {
    return data;
  }
  switch (encoding) {
    case "gzip":
      return gunzipSync(data);
    case "br":
      return brotliDecompressSync(data);
    default:
      return data;
  }
}

function parseBlock(block: Uint8Array): Field[] {
  const lines = Buffer.from(block).toString("latin1").split("\r\n");
  return lines
    .filter((line) => line !== "")
    .map((line): Field => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return `(no JSON) ${hex(bytes)}`;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
