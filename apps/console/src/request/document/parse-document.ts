import { collectFaults } from "./collect-faults.ts";
import type { JsonDocument } from "./json-document.ts";
import type { TreeChild } from "./json-tree.ts";
import { type ListReuse, type ListStep, type OpenList, openList, parseValue, readList, tell } from "./parse-tree.ts";
import { createTokenCursor } from "./token-cursor.ts";

/**
 * Parses JSON (RFC 8259): any number of values, one after the other. Never throws: the parser recovers from each fault of
 * grammar, so that one text can have several. The time is linear in the text's length.
 */
export function parseDocument(text: string): JsonDocument {
  return readDocument(text, openList(0, 1));
}

/** Reads the rest of a document, behind the values that `list` has already. */
export function readDocument(text: string, list: OpenList<TreeChild>, reuse?: ListReuse<TreeChild>): JsonDocument {
  const last = list.children.at(-1);
  const from = last === undefined ? 0 : last.at + last.tree.length;
  readList(createTokenCursor(text, from), list, stepDocument, reuse);
  return documentOf(text, list.children, list.faults);
}

/** Makes a document of its parts. */
export function documentOf(text: string, values: readonly TreeChild[], between: JsonDocument["between"]): JsonDocument {
  return { text, values, faults: collectFaults(between, values), between };
}

const stepDocument: ListStep<TreeChild> = (cursor, list) => {
  const { token } = cursor;
  switch (token.kind) {
    case "end":
      return token.to;
    case "}":
    case "]":
    case ":":
    case ",":
      tell(cursor, list, "extraText", token);
      cursor.take();
      return undefined;
    default:
      list.children.push({ at: token.from, tree: parseValue(cursor, list.depth) });
      return undefined;
  }
};
