import type { ByteSpan, WireNode } from "./wire-node.ts";

/** What a run of bytes is to the node that it belongs to. */
export type LeafRole = "tag" | "length" | "value" | "endTag" | "unread";

/** A run of bytes that has no parts of its own. */
export interface WireLeaf extends ByteSpan {
  readonly role: LeafRole;
  readonly node: WireNode;
}

/** The leaves that lie in `span` or reach into it, in order. Reads no more of the tree than that. */
export function leavesIn(root: WireNode, span: ByteSpan): readonly WireLeaf[] {
  const leaves: WireLeaf[] = [];

  function add(part: ByteSpan | undefined, role: LeafRole, node: WireNode): void {
    if (part !== undefined && part.from < part.to && part.from < span.to && part.to > span.from) {
      leaves.push({ from: part.from, to: part.to, role, node });
    }
  }

  function visit(node: WireNode): void {
    add(node.tag, "tag", node);
    add(node.length, "length", node);
    const children = node.children?.();
    if (children === undefined) {
      add(node.body, node.value.kind === "unread" ? "unread" : "value", node);
    } else {
      for (let at = firstReaching(children, span.from); at < children.length; at++) {
        const child = children[at] as WireNode;
        if (child.from >= span.to) {
          break;
        }
        visit(child);
      }
    }
    add(node.endTag, "endTag", node);
  }

  visit(root);
  return leaves;
}

/** The innermost node that the byte at `offset` belongs to, with those around it from the root on. */
export function pathTo(root: WireNode, offset: number): readonly WireNode[] {
  const path = [root];
  for (let node = root; ; ) {
    const children: readonly WireNode[] = node.children?.() ?? [];
    const child: WireNode | undefined = children[firstReaching(children, offset)];
    if (child === undefined || child.from > offset) {
      return path;
    }
    path.push(child);
    node = child;
  }
}

/** The position of the first node that ends after `offset`. */
function firstReaching(nodes: readonly WireNode[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as WireNode).to > offset) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
