import { scanText, type TextToken } from "./scan-text.ts";
import { quotePart, type TextFault } from "./text-fault.ts";
import type { TextField, TextName, TextValue } from "./text-node.ts";
import { joinBytes } from "./unescape-text.ts";

/** Text format as a tree. */
export interface ParsedText {
  readonly fields: readonly TextField[];
  /** What keeps the text from being text format; parsing ends there, and `fields` has what stands before. */
  readonly fault: TextFault | undefined;
  /** The outermost field in whose value the fault stands. */
  readonly unfinished: TextName | undefined;
}

/** The deepest nesting of messages and lists that is read: 100, as protobuf parsers have it. */
export const maxTextDepth = 100;

/**
 * Parses one message in text format (https://protobuf.dev/reference/protobuf/textformat-spec/) without asking what it
 * means. Never throws; the time is linear in the text's length.
 */
export function parseText(text: string): ParsedText {
  const cursor: Cursor = { text, token: scanText(text, 0), fault: undefined, unfinished: undefined };
  const fields = parseFields(cursor, "", 1);
  return { fields, fault: cursor.fault, unfinished: cursor.unfinished };
}

interface Cursor {
  readonly text: string;
  /** The next token, not yet taken. */
  token: TextToken;
  /** The first fault: from then on nothing is taken any more. */
  fault: TextFault | undefined;
  unfinished: TextName | undefined;
}

function take(cursor: Cursor): void {
  cursor.token = scanText(cursor.text, cursor.token.to);
}

function isSymbol({ token }: Cursor, symbol: string): boolean {
  return token.kind === "symbol" && token.text === symbol;
}

function takeSymbol(cursor: Cursor, symbol: string): boolean {
  const isThere = isSymbol(cursor, symbol);
  if (isThere) {
    take(cursor);
  }
  return isThere;
}

/** Tells that something else was expected at the next token: a field, a value, or the symbol `expected`. */
function expect(cursor: Cursor, kind: "expected" | "expectedField" | "expectedValue", expected = ""): undefined {
  const { token, text } = cursor;
  const { from, to } = token;
  const actual = quotePart(text.slice(from, to));
  cursor.fault ??= token.kind === "fault" ? token.fault : { from, to, kind, values: { expected, actual } };
}

/** Parses fields up to `end`, which is taken; an empty `end` is the end of the text. */
function parseFields(cursor: Cursor, end: string, depth: number): TextField[] {
  const fields: TextField[] = [];
  for (;;) {
    if (end === "" ? cursor.token.kind === "end" : takeSymbol(cursor, end)) {
      return fields;
    }
    const field = parseField(cursor, depth);
    if (field === undefined) {
      return fields;
    }
    fields.push(field);
    if (!takeSymbol(cursor, ",")) {
      takeSymbol(cursor, ";");
    }
  }
}

function parseField(cursor: Cursor, depth: number): TextField | undefined {
  const name = parseName(cursor);
  if (name === undefined) {
    return undefined;
  }
  const hasColon = takeSymbol(cursor, ":");
  const isComposite = ["{", "<", "["].some((symbol) => isSymbol(cursor, symbol));
  const value = hasColon || isComposite ? parseValue(cursor, depth) : expect(cursor, "expected", ":");
  if (value === undefined) {
    // The innermost comes first, and the outermost has the last word.
    cursor.unfinished = hasColon || isComposite ? name : undefined;
    return undefined;
  }
  return { name, value };
}

function parseName(cursor: Cursor): TextName | undefined {
  const { token } = cursor;
  const { from, to } = token;
  if (token.kind === "identifier") {
    take(cursor);
    return { kind: "field", name: token.text, from, to };
  }
  if (token.kind === "number" && /^[0-9]+$/.test(token.text)) {
    take(cursor);
    return { kind: "number", number: token.text, from, to };
  }
  return takeSymbol(cursor, "[") ? parseBracketName(cursor, from) : expect(cursor, "expectedField");
}

function parseBracketName(cursor: Cursor, from: number): TextName | undefined {
  let name = "";
  for (let { token } = cursor; ; token = cursor.token) {
    if (token.kind === "symbol" && token.text === "]" && name !== "") {
      take(cursor);
      const place = { from, to: token.to };
      return name.includes("/") ? { kind: "type", url: name, ...place } : { kind: "extension", name, ...place };
    }
    if (
      token.kind !== "identifier" &&
      token.kind !== "number" &&
      !(token.kind === "symbol" && "./-%~+".includes(token.text))
    ) {
      return expect(cursor, "expected", "]");
    }
    name += token.text;
    take(cursor);
  }
}

function parseValue(cursor: Cursor, depth: number): TextValue | undefined {
  const { token } = cursor;
  if (depth > maxTextDepth) {
    const { from, to } = token;
    cursor.fault ??= { from, to, kind: "tooDeep", values: { limit: String(maxTextDepth) } };
    return undefined;
  }
  if (token.kind === "string") {
    return parseStrings(cursor);
  }
  if (token.kind === "symbol" && (token.text === "{" || token.text === "<")) {
    take(cursor);
    const fields = parseFields(cursor, token.text === "{" ? "}" : ">", depth + 1);
    return cursor.fault === undefined
      ? { kind: "message", fields, from: token.from, to: endOf(cursor, token.to) }
      : undefined;
  }
  return takeSymbol(cursor, "[") ? parseList(cursor, token.from, depth) : parseWord(cursor);
}

/** Where the token before the next one ends, at the latest. */
function endOf({ text, token }: Cursor, least: number): number {
  let at = token.from;
  while (at > least && /\s/.test(text[at - 1] ?? "")) {
    at--;
  }
  return at;
}

function parseStrings(cursor: Cursor): TextValue {
  const { from } = cursor.token;
  let { to } = cursor.token;
  const parts: Uint8Array[] = [];
  for (let { token } = cursor; token.kind === "string"; token = cursor.token) {
    parts.push(token.bytes);
    to = token.to;
    take(cursor);
  }
  return { kind: "string", bytes: joinBytes(parts), from, to };
}

function parseList(cursor: Cursor, from: number, depth: number): TextValue | undefined {
  const items: TextValue[] = [];
  const { to } = cursor.token;
  if (takeSymbol(cursor, "]")) {
    return { kind: "list", items, from, to };
  }
  for (;;) {
    const item = parseValue(cursor, depth + 1);
    if (item === undefined) {
      return undefined;
    }
    items.push(item);
    const end = cursor.token.to;
    if (takeSymbol(cursor, "]")) {
      return { kind: "list", items, from, to: end };
    }
    if (!takeSymbol(cursor, ",")) {
      return expect(cursor, "expected", "]");
    }
  }
}

function parseWord(cursor: Cursor): TextValue | undefined {
  const { from } = cursor.token;
  const isNegative = takeSymbol(cursor, "-");
  const { token } = cursor;
  if (token.kind !== "number" && token.kind !== "identifier") {
    return expect(cursor, "expectedValue");
  }
  take(cursor);
  const place = { isNegative, from, to: token.to };
  return token.kind === "number"
    ? { kind: "number", literal: token.text, ...place }
    : { kind: "word", word: token.text, ...place };
}
