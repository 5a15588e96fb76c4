import type { JsonDocument } from "./json-document.ts";
import type { JsonTree } from "./json-tree.ts";
import { documentOf, maxTextLength, parseDocument, stepDocument } from "./parse-document.ts";
import { arrayTree, objectTree, stepArray, stepObject } from "./parse-tree.ts";
import { findChange } from "./text-change.ts";
import { itemKind, type ListKind, memberKind, type OldList, type Update, updateList } from "./update-list.ts";

/**
 * The document of `text`, which is mostly the text of `previous`: equal to what `parseDocument` makes of it, with the nodes
 * that the change doesn't touch taken over. Only what changed is read anew; of the containers around it, no more than the
 * list of their children is copied.
 */
export function updateDocument(previous: JsonDocument, text: string): JsonDocument {
  if (previous.text === text) {
    return previous;
  }
  if (Math.max(previous.text.length, text.length) > maxTextLength) {
    return parseDocument(text);
  }
  const change = findChange(previous.text, text);
  const update = { before: previous.text, text, change, delta: text.length - previous.text.length, updateTree };
  const old = { start: 0, end: previous.text.length, depth: 1, children: previous.values, faults: previous.between };
  const { children, faults } = updateList(update, old, documentKind) ?? { children: [], faults: [] };
  return documentOf(text, children, faults);
}

const documentKind = { ...itemKind, step: stepDocument, comma: undefined };
const objectKind = { ...memberKind, step: stepObject, comma: "object" } as const;
const arrayKind = { ...itemKind, step: stepArray, comma: "array" } as const;

/** The container that begins at `start` after the change; undefined where it doesn't end any more where it did. */
function updateTree(update: Update, tree: JsonTree, start: number, depth: number): JsonTree | undefined {
  switch (tree.kind) {
    case "object":
      return updateContainer(
        update,
        { ...placeOf(tree, start, depth), children: tree.members },
        objectKind,
        objectTree,
      );
    case "array":
      return updateContainer(update, { ...placeOf(tree, start, depth), children: tree.items }, arrayKind, arrayTree);
    default:
      return undefined;
  }
}

function placeOf(tree: JsonTree, start: number, depth: number) {
  return { start, end: start + tree.length, depth: depth + 1, faults: tree.faults };
}

function updateContainer<Child>(
  update: Update,
  old: OldList<Child>,
  kind: ListKind<Child>,
  make: (children: readonly Child[], faults: OldList<Child>["faults"], length: number) => JsonTree,
): JsonTree | undefined {
  const updated = updateList(update, old, kind);
  return updated && make(updated.children, updated.faults, old.end + update.delta - old.start);
}
