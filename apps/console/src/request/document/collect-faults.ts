import type { JsonTree, TreeChild, TreeFault } from "./json-tree.ts";
import { maxFaults, shiftFault } from "./syntax-fault.ts";

/** The first faults, at most 100, of a list's own and of those within its children, all placed from the list's start. */
export function collectFaults(own: readonly TreeFault[], children: Iterable<TreeChild>): readonly TreeFault[] {
  const inner: TreeFault[] = [];
  for (const { at, tree } of children) {
    if (tree.hasFaults) {
      inner.push(...faultsWithin(tree).map((fault) => shiftFault(fault, at)));
    }
    if (inner.length >= maxFaults) {
      break;
    }
  }
  return inner.length === 0
    ? own
    : [...own, ...inner].sort((a, b) => a.from - b.from || a.to - b.to).slice(0, maxFaults);
}

/** The first faults, at most 100, of a node and of all within it, placed from the node's start. */
export function faultsWithin(tree: JsonTree): readonly TreeFault[] {
  return tree.hasFaults ? collectFaults(tree.faults, childrenOf(tree)) : [];
}

function* childrenOf(tree: JsonTree): Iterable<TreeChild> {
  if (tree.kind === "array") {
    yield* tree.items;
  } else if (tree.kind === "object") {
    for (const { key, value } of tree.members) {
      yield key;
      yield value;
    }
  }
}
