import type { JsonDocument } from "../../document/json-document.ts";
import type { JsonTree } from "../../document/json-tree.ts";

/** A value and its own characters as a document of their own, in which its parts are found and edited; its path is `[0]`. */
export function documentOf(text: string, tree: JsonTree): JsonDocument {
  return { text, values: [{ at: 0, tree }], faults: [], between: [] };
}
