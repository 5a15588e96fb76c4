/** A fault inside a string: which, and where it stands. */
export interface StringFault {
  readonly reason: "unclosedString" | "badEscape" | "controlCharacter";
  readonly from: number;
  readonly to: number;
}

/** One token of JSON text. `from` and `to` are offsets in UTF-16 units. */
export type JsonToken =
  | { readonly kind: "{" | "}" | "[" | "]" | ":" | ","; readonly from: number; readonly to: number }
  | {
      readonly kind: "string";
      readonly from: number;
      readonly to: number;
      /** The text that the string stands for, as far as it could be read. */
      readonly value: string;
      readonly fault: StringFault | undefined;
    }
  /** Anything else without white space: a number, a word, or what is neither. */
  | { readonly kind: "run"; readonly from: number; readonly to: number; readonly text: string }
  | { readonly kind: "end"; readonly from: number; readonly to: number };

/** Reads the token at or after `offset`, past white space (RFC 8259, section 2). Never throws. */
export function readToken(text: string, offset: number): JsonToken {
  const from = skipWhiteSpace(text, offset);
  const char = text[from];
  switch (char) {
    case undefined:
      return { kind: "end", from: text.length, to: text.length };
    case "{":
    case "}":
    case "[":
    case "]":
    case ":":
    case ",":
      return { kind: char, from, to: from + 1 };
    case '"':
      return readString(text, from);
    default: {
      run.lastIndex = from;
      run.test(text);
      return { kind: "run", from, to: run.lastIndex, text: text.slice(from, run.lastIndex) };
    }
  }
}

const run = /[^ \t\n\r{}[\]:,"]+/y;
const whiteSpace = /[ \t\n\r]*/y;
// Stops at more control characters than JSON refuses; the rest is let through one by one.
const plain = /[^"\\\p{Cc}]*/uy;
const hex4 = /[0-9a-fA-F]{4}/y;
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

function skipWhiteSpace(text: string, offset: number): number {
  whiteSpace.lastIndex = offset;
  whiteSpace.test(text);
  return whiteSpace.lastIndex;
}

function readString(text: string, from: number): JsonToken {
  const parts: string[] = [];
  let fault: StringFault | undefined;
  let at = from + 1;
  for (;;) {
    plain.lastIndex = at;
    plain.test(text);
    parts.push(text.slice(at, plain.lastIndex));
    at = plain.lastIndex;
    const char = text[at];
    if (char === '"') {
      return { kind: "string", from, to: at + 1, value: parts.join(""), fault };
    }
    // An open string ends with its line, so that what follows can still be read.
    if (char === undefined || char === "\n" || char === "\r") {
      fault ??= { reason: "unclosedString", from, to: at };
      return { kind: "string", from, to: at, value: parts.join(""), fault };
    }
    const special = char === "\\" ? readEscape(text, at) : readControl(char, at);
    if (special.value === undefined) {
      fault ??= { reason: char === "\\" ? "badEscape" : "controlCharacter", from: at, to: special.to };
    }
    parts.push(special.value ?? text.slice(at, special.to));
    at = special.to;
  }
}

interface SpecialCharacter {
  readonly to: number;
  /** Undefined where JSON doesn't allow it. */
  readonly value: string | undefined;
}

function readControl(char: string, at: number): SpecialCharacter {
  return { to: at + 1, value: char < " " ? undefined : char };
}

function readEscape(text: string, at: number): SpecialCharacter {
  const letter = text[at + 1];
  if (letter === "u") {
    hex4.lastIndex = at + 2;
    if (hex4.test(text)) {
      return { to: at + 6, value: String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)) };
    }
    return { to: at + 2, value: undefined };
  }
  const value = letter === undefined ? undefined : simpleEscapes.get(letter);
  return { to: at + (value === undefined ? 1 : 2), value };
}
