import { collectFaults } from "./collect-faults.ts";
import type { JsonDocument } from "./json-document.ts";
import type { TreeChild } from "./json-tree.ts";
import { type ListStep, openList, parseValue, readList, tell } from "./parse-tree.ts";
import { createTokenCursor } from "./token-cursor.ts";

/** The longest text that is read: 64 Mi UTF-16 units. */
export const maxTextLength = 67_108_864;

/**
 * Parses JSON (RFC 8259): any number of values, one after the other. Never throws: the parser recovers from each fault of
 * grammar, so that one text can have several. The time is linear in the text's length. A text beyond
 * `maxTextLength` is not read: its document has no values.
 */
export function parseDocument(text: string): JsonDocument {
  const list = openList<TreeChild>(0, 1);
  if (text.length <= maxTextLength) {
    readList(createTokenCursor(text, 0), list, stepDocument);
  }
  return documentOf(text, list.children, list.faults);
}

/** Makes a document of its parts. */
export function documentOf(text: string, values: readonly TreeChild[], between: JsonDocument["between"]): JsonDocument {
  return { text, values, faults: collectFaults(between, values), between };
}

/** Reads one value of a document, or the end of the text. */
export const stepDocument: ListStep<TreeChild> = (cursor, list) => {
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
