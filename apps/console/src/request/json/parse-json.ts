import type { IssueList } from "./issue-list.ts";
import type { JsonMember, JsonNode, JsonString } from "./json-node.ts";
import { type JsonToken, readToken } from "./json-token.ts";

/** The deepest nesting of objects and arrays that is read: 100, as protobuf parsers have it. */
export const maxJsonDepth = 100;

/**
 * Parses JSON (RFC 8259) into trees with places: any number of values, one after the other. Never throws: faults go to
 * `issues` as `syntax`, with `values.reason` naming the fault and `values.actual` the text that stands there, or as
 * `tooDeep`; the parser recovers, so that one text can have several. The time is linear in the text's length.
 */
export function parseJson(text: string, issues: IssueList): JsonNode[] {
  const cursor = createCursor(text, issues);
  const documents: JsonNode[] = [];
  for (;;) {
    switch (cursor.token.kind) {
      case "end":
        return documents;
      case "}":
      case "]":
      case ":":
      case ",":
        cursor.fault("extraText");
        cursor.take();
        break;
      default:
        documents.push(parseValue(cursor, 1));
    }
  }
}

interface Cursor {
  /** The next token, not yet taken. */
  readonly token: JsonToken;
  readonly issues: IssueList;
  take(): JsonToken;
  /** Tells a fault at the next token, or at `place`. */
  fault(reason: SyntaxReason, place?: { readonly from: number; readonly to: number }): void;
}

/** The faults of grammar: `values.reason` of a `syntax` issue. */
export type SyntaxReason =
  | "extraText"
  | "missingValue"
  | "missingName"
  | "missingColon"
  | "missingComma"
  | "trailingComma"
  | "unquotedName"
  | "unclosedObject"
  | "unclosedArray"
  | "unclosedString"
  | "badEscape"
  | "controlCharacter"
  | "badNumber"
  | "badWord";

const maxQuotedText = 40;

function createCursor(text: string, issues: IssueList): Cursor {
  let token = readToken(text, 0);
  const cursor: Cursor = {
    get token() {
      return token;
    },
    issues,
    take() {
      const taken = token;
      token = readToken(text, taken.to);
      if (taken.kind === "string" && taken.fault !== undefined) {
        cursor.fault(taken.fault.reason, taken.fault);
      }
      return taken;
    },
    fault(reason, place = token) {
      const actual = text.slice(place.from, Math.min(place.to, place.from + maxQuotedText));
      issues.add("syntax", place, { reason, actual });
    },
  };
  return cursor;
}

function parseValue(cursor: Cursor, depth: number): JsonNode {
  const { token } = cursor;
  switch (token.kind) {
    case "{":
    case "[":
      if (depth > maxJsonDepth) {
        return skipContainer(cursor);
      }
      return token.kind === "{" ? parseObject(cursor, depth) : parseArray(cursor, depth);
    case "string":
      cursor.take();
      return stringNode(token);
    case "run":
      cursor.take();
      return runNode(token, cursor);
    case "}":
    case "]":
    case ":":
    case ",":
    case "end":
      cursor.fault("missingValue");
      return { kind: "missing", from: token.from, to: token.from };
  }
}

function stringNode({ from, to, value }: JsonToken & { kind: "string" }): JsonString {
  return { kind: "string", from, to, value };
}

const numberGrammar = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

function runNode({ from, to, text }: JsonToken & { kind: "run" }, cursor: Cursor): JsonNode {
  switch (text) {
    case "true":
    case "false":
      return { kind: "boolean", from, to, value: text === "true" };
    case "null":
      return { kind: "null", from, to };
  }
  if (numberGrammar.test(text)) {
    return { kind: "number", from, to, literal: text };
  }
  cursor.fault(/^[-+.0-9]/.test(text) ? "badNumber" : "badWord", { from, to });
  return { kind: "missing", from, to };
}

function parseObject(cursor: Cursor, depth: number): JsonNode {
  const { from } = cursor.take();
  const members: JsonMember[] = [];
  for (;;) {
    const { token } = cursor;
    switch (token.kind) {
      case "}":
        cursor.take();
        return { kind: "object", from, to: token.to, members };
      case "]":
      case "end":
        cursor.fault("unclosedObject", { from, to: from + 1 });
        return { kind: "object", from, to: token.from, members };
      case ",":
        cursor.fault("missingName");
        cursor.take();
        break;
      case "{":
      case "[":
        cursor.fault("missingName");
        parseValue(cursor, depth + 1);
        takeComma(cursor, "}");
        break;
      case "string":
      case "run":
      case ":":
        members.push(parseMember(cursor, depth));
        takeComma(cursor, "}");
        break;
    }
  }
}

function parseMember(cursor: Cursor, depth: number): JsonMember {
  const key = parseKey(cursor);
  if (cursor.token.kind === ":") {
    cursor.take();
    return { key, value: parseValue(cursor, depth + 1) };
  }
  cursor.fault("missingColon", { from: key.from, to: key.to });
  const canFollow = cursor.token.kind === "{" || cursor.token.kind === "[" || cursor.token.kind === "run";
  return { key, value: canFollow ? parseValue(cursor, depth + 1) : { kind: "missing", from: key.to, to: key.to } };
}

function parseKey(cursor: Cursor): JsonString {
  const { token } = cursor;
  switch (token.kind) {
    case "string":
      cursor.take();
      return stringNode(token);
    case "run":
      cursor.fault("unquotedName");
      cursor.take();
      return { kind: "string", from: token.from, to: token.to, value: token.text };
    default:
      cursor.fault("missingName");
      return { kind: "string", from: token.from, to: token.from, value: "" };
  }
}

function parseArray(cursor: Cursor, depth: number): JsonNode {
  const { from } = cursor.take();
  const items: JsonNode[] = [];
  for (;;) {
    const { token } = cursor;
    switch (token.kind) {
      case "]":
        cursor.take();
        return { kind: "array", from, to: token.to, items };
      case "}":
      case "end":
        cursor.fault("unclosedArray", { from, to: from + 1 });
        return { kind: "array", from, to: token.from, items };
      case ",":
      case ":":
        cursor.fault("missingValue");
        cursor.take();
        break;
      default:
        items.push(parseValue(cursor, depth + 1));
        takeComma(cursor, "]");
    }
  }
}

/** Takes the comma after a member or an item; where the container ends instead, there is nothing to take. */
function takeComma(cursor: Cursor, closing: "}" | "]"): void {
  const { token } = cursor;
  switch (token.kind) {
    case ",":
      cursor.take();
      if (cursor.token.kind === closing) {
        cursor.fault("trailingComma", token);
      }
      return;
    case "}":
    case "]":
    case "end":
      return;
    default:
      cursor.fault("missingComma");
  }
}

/** Steps over a container that is nested too deep, without recursion. */
function skipContainer(cursor: Cursor): JsonNode {
  const { from } = cursor.token;
  let to = from;
  let open = 0;
  do {
    const { kind } = cursor.token;
    if (kind === "end") {
      break;
    }
    if (kind === "{" || kind === "[") {
      open++;
    } else if (kind === "}" || kind === "]") {
      open--;
    }
    to = cursor.take().to;
  } while (open > 0);
  cursor.issues.add("tooDeep", { from, to: from + 1 }, { limit: String(maxJsonDepth) });
  return { kind: "missing", from, to };
}
