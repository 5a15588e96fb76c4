import { base64Text } from "./base64.ts";
import { isBranch, type ViewChildren, type ViewEntry, type ViewNode, type ViewValue } from "./view-node.ts";

/** The JSON token of a node that has no children. */
export function scalarToken(node: ViewValue): string {
  switch (node.kind) {
    case "string":
      return JSON.stringify(node.value);
    case "timestamp":
    case "duration":
      return JSON.stringify(node.text);
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
    case "enum":
      return node.name === undefined ? String(node.number) : JSON.stringify(node.name);
    case "bytes":
      return JSON.stringify(base64Text(node.value));
  }
}

/** How JSON is written. */
export interface JsonTextOptions {
  /** What a level is indented by; empty for JSON on one line without spaces. */
  readonly indent: "" | "  ";
  /** Strings and bytes are cut off after so many characters or bytes. Default: never. */
  readonly longestValue?: number;
}

interface Level {
  readonly children: ViewChildren;
  readonly close: "}" | "]";
  position: number;
  isEmpty: boolean;
}

/**
 * ProtoJSON, piece by piece: a piece is at most a value with its name. Fields that were not on the wire are left out, and
 * so are those that the schema lacks. Takes no more stack for a message that is nested deep.
 */
export function* jsonPieces(root: ViewNode, options: JsonTextOptions): Generator<string, void, undefined> {
  const { indent } = options;
  const levels: Level[] = [];
  const lineBreak = () => (indent === "" ? "" : `\n${indent.repeat(levels.length)}`);
  const colon = indent === "" ? ":" : ": ";
  const begin = (node: ViewNode): string => {
    if (!isBranch(node)) {
      return scalarToken(cutValue(node, options));
    }
    const isObject = node.kind === "object";
    levels.push({ children: node.children(), close: isObject ? "}" : "]", position: 0, isEmpty: true });
    return isObject ? "{" : "[";
  };
  yield begin(root);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const entry = level.children.at(level.position++);
    if (entry === undefined) {
      levels.pop();
      yield level.isEmpty ? level.close : lineBreak() + level.close;
    } else if (isOnWire(entry)) {
      const before = (level.isEmpty ? "" : ",") + lineBreak();
      level.isEmpty = false;
      const name = entry.name === undefined ? "" : JSON.stringify(entry.name) + colon;
      yield before + name + begin(entry.node);
    }
  }
}

function isOnWire({ isSet, unknownNumber }: ViewEntry): boolean {
  return isSet && unknownNumber === undefined;
}

function cutValue(node: ViewValue, { longestValue }: JsonTextOptions): ViewValue {
  if (longestValue === undefined) {
    return node;
  }
  switch (node.kind) {
    case "string":
      return { kind: "string", value: node.value.slice(0, longestValue) };
    case "bytes":
      return { kind: "bytes", value: node.value.subarray(0, longestValue) };
    default:
      return node;
  }
}

/** ProtoJSON with two spaces of indentation. */
export function prettyText(node: ViewNode): string {
  return [...jsonPieces(node, { indent: "  " })].join("");
}

/** ProtoJSON on one line, without spaces; broken off with `…` after `limit` characters. */
export function compactText(node: ViewNode, limit = Number.POSITIVE_INFINITY): string {
  let text = "";
  for (const piece of jsonPieces(node, { indent: "", ...(Number.isFinite(limit) ? { longestValue: limit } : {}) })) {
    text += piece;
    if (text.length > limit) {
      return `${text.slice(0, limit)}…`;
    }
  }
  return text;
}
