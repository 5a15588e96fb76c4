import { strictText } from "./decode-scalar.ts";
import type { RecordScanner } from "./scan-record.ts";
import { type ByteSpan, wireTypes } from "./wire-node.ts";

/** What bytes of an unknown type look like. */
export type Guess =
  | { readonly kind: "message" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bytes" };

/** Longer bytes are not looked into: 1 MiB. */
const mostGuessed = 1_048_576;

/** What bytes of a type that no schema tells look like: text without control characters, fields to the last byte, or neither. */
export function guessValue(bytes: Uint8Array, body: ByteSpan, scanner: RecordScanner, budget: number): Guess {
  const { from, to } = body;
  if (from === to) {
    return { kind: "string", value: "" };
  }
  if (to - from > mostGuessed) {
    return { kind: "bytes" };
  }
  const text = printableText(bytes.subarray(from, to));
  // A message whose first field has the number 1 begins with a line feed: that alone makes no text.
  const isPlain = text !== undefined && (bytes[from] as number) >= 0x20;
  if (!isPlain && budget > 0 && isMessage(body, scanner, budget)) {
    return { kind: "message" };
  }
  return text === undefined ? { kind: "bytes" } : { kind: "string", value: text };
}

function isMessage({ from, to }: ByteSpan, scanner: RecordScanner, budget: number): boolean {
  for (let at = from; at < to; ) {
    const record = scanner.recordAt(at, to, budget);
    if ("fault" in record || (record.tag.wireType === wireTypes.startGroup && record.endTag === undefined)) {
      return false;
    }
    at = record.to;
  }
  return true;
}

/** Control characters but for tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function printableText(bytes: Uint8Array): string | undefined {
  const text = strictText(bytes);
  return text === undefined || unprintable.test(text) ? undefined : text;
}
