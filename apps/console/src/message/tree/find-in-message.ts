import { scalarToken } from "../json-text.ts";
import { isBranch, type ViewChildren, type ViewEntry, type ViewNode, type ViewValue } from "../view-node.ts";
import type { NodePlace } from "./json-line.ts";
import { holds } from "./search-pattern.ts";

/** Nodes that are looked at in one step. */
const nodesPerStep = 32;
/** Longer bytes are not searched: nobody looks for their base64. */
const mostBytesSearched = 1_024;

/**
 * Looks for `pattern` in the names and values of a message, in the order of its lines, step by step, and tells of each
 * node that holds it. Takes no more stack for a message that is nested deep.
 *
 * @param onFound answers whether to go on
 */
export function* findInMessage(
  root: ViewNode,
  pattern: RegExp,
  onFound: (place: NodePlace) => boolean,
): Generator<void, void, undefined> {
  if (!isBranch(root)) {
    if (valueHolds(root, pattern)) {
      onFound([]);
    }
    return;
  }
  const levels: { readonly children: ViewChildren; position: number }[] = [{ children: root.children(), position: 0 }];
  let looked = 0;
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const entry = level.children.at(level.position++);
    if (entry === undefined) {
      levels.pop();
      continue;
    }
    if (entryHolds(entry, pattern) && !onFound(levels.map(({ position }) => position - 1))) {
      return;
    }
    if (isBranch(entry.node)) {
      levels.push({ children: entry.node.children(), position: 0 });
    }
    if (++looked % nodesPerStep === 0) {
      yield;
    }
  }
}

function entryHolds({ name, node }: ViewEntry, pattern: RegExp): boolean {
  return (name !== undefined && holds(pattern, name)) || (!isBranch(node) && valueHolds(node, pattern));
}

function valueHolds(node: ViewValue, pattern: RegExp): boolean {
  switch (node.kind) {
    case "string":
      return holds(pattern, node.value);
    case "enum":
      return holds(pattern, node.name ?? "") || holds(pattern, String(node.number));
    case "bytes":
      return node.value.byteLength <= mostBytesSearched && holds(pattern, scalarToken(node));
    default:
      return holds(pattern, scalarToken(node));
  }
}
