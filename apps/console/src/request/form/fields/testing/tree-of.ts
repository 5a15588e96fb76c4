import type { JsonTree } from "../../../document/json-tree.ts";
import { parseDocument } from "../../../document/parse-document.ts";

/** The tree of one JSON value, for tests. */
export function treeOf(json: string): JsonTree {
  const [only] = parseDocument(json).values;
  if (only === undefined) {
    throw new Error(`no JSON value: ${json}`);
  }
  return only.tree;
}
