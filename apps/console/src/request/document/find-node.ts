import type { JsonDocument, NodePath } from "./json-document.ts";
import type { JsonTree, TreeChild } from "./json-tree.ts";

/** A node and where it begins in the text. */
export interface FoundNode {
  readonly tree: JsonTree;
  readonly from: number;
}

/** Finds the node at `path`; undefined where there is none. A member of an object stands for its value. */
export function findNode(document: JsonDocument, path: NodePath): FoundNode | undefined {
  const [first, ...rest] = path;
  let found = placed(first === undefined ? undefined : document.values[first], 0);
  for (const position of rest) {
    found = found && placed(childAt(found.tree, position), found.from);
  }
  return found;
}

function placed(child: TreeChild | undefined, start: number): FoundNode | undefined {
  return child && { tree: child.tree, from: start + child.at };
}

function childAt(tree: JsonTree, position: number): TreeChild | undefined {
  switch (tree.kind) {
    case "object":
      return tree.members[position]?.value;
    case "array":
      return tree.items[position];
    default:
      return undefined;
  }
}
