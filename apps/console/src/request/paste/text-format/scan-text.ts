import { quotePart, type TextFault } from "./text-fault.ts";
import type { TextPlace } from "./text-node.ts";
import { unescapeText } from "./unescape-text.ts";

/** A token of text format. */
export type TextToken = TextPlace &
  (
    | { readonly kind: "identifier" | "number"; readonly text: string }
    | { readonly kind: "string"; readonly bytes: Uint8Array }
    | { readonly kind: "symbol"; readonly text: string }
    | { readonly kind: "end" }
    | { readonly kind: "fault"; readonly fault: TextFault }
  );

const skipped = /(?:[\s\0]+|#[^\n]*)*/y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const number =
  /0[xX][0-9a-fA-F]+|(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?|[0-9]+(?:[eE][+-]?[0-9]+)?[fF]?/y;
const quoted = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const wordCharacter = /[A-Za-z0-9_]/;

/** Reads the token of text format that stands at `at` or after white space and comments. */
export function scanText(text: string, at: number): TextToken {
  const from = at + (matchAt(skipped, text, at)?.length ?? 0);
  const first = text[from];
  if (first === undefined) {
    return { kind: "end", from, to: from };
  }
  const word = matchAt(identifier, text, from);
  if (word !== undefined) {
    return { kind: "identifier", text: word, from, to: from + word.length };
  }
  const literal = matchAt(number, text, from);
  if (literal !== undefined) {
    return scanNumber(text, from, literal);
  }
  if (first === '"' || first === "'") {
    return scanString(text, from);
  }
  const to = from + 1;
  if ("{}<>[]:,;-./%+~".includes(first)) {
    return { kind: "symbol", text: first, from, to };
  }
  const actual = String.fromCodePoint(text.codePointAt(from) ?? 0);
  return faultAt({ from, to: from + actual.length, kind: "badCharacter", values: { actual } });
}

function scanNumber(text: string, from: number, literal: string): TextToken {
  const to = from + literal.length;
  const isCut = wordCharacter.test(text[to] ?? "") || (literal.length > 1 && /^0[0-9]*[89]$/.test(literal));
  return isCut
    ? faultAt({ from, to, kind: "badNumber", values: { actual: quotePart(text.slice(from, to + 1)) } })
    : { kind: "number", text: literal, from, to };
}

function scanString(text: string, from: number): TextToken {
  const raw = matchAt(quoted, text, from);
  if (raw === undefined) {
    const end = text.indexOf("\n", from);
    const to = end === -1 ? text.length : end;
    return faultAt({ from, to, kind: "unclosedString", values: { actual: quotePart(text.slice(from, to)) } });
  }
  const unescaped = unescapeText(raw.slice(1, -1));
  if (unescaped instanceof Uint8Array) {
    return { kind: "string", bytes: unescaped, from, to: from + raw.length };
  }
  const start = from + 1 + unescaped.at;
  const values = { actual: unescaped.escape };
  return faultAt({ from: start, to: start + unescaped.escape.length, kind: "badEscape", values });
}

function faultAt(fault: TextFault): TextToken {
  return { kind: "fault", fault, from: fault.from, to: fault.to };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
