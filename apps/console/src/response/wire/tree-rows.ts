import type { WireNode } from "./wire-node.ts";

/** One row of the tree of a message's parts. */
export interface PartRow {
  readonly node: WireNode;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Undefined for a part that has none of its own. */
  readonly isOpen: boolean | undefined;
}

/** The rows of a tree in order: the root's parts, and those of every node that is open. */
export function partRows(root: WireNode, open: ReadonlySet<WireNode>): readonly PartRow[] {
  const rows: PartRow[] = [];
  const addAll = (nodes: readonly WireNode[], level: number) => {
    nodes.forEach((node, at) => {
      const isOpen = node.children === undefined ? undefined : open.has(node);
      rows.push({ node, level, position: at + 1, siblings: nodes.length, isOpen });
      if (isOpen === true) {
        addAll(node.children?.() ?? [], level + 1);
      }
    });
  };
  addAll(root.children?.() ?? [], 1);
  return rows;
}

/** The nodes that are open unasked: in order, as long as no more than `mostRows` rows come of it. */
export function firstOpen(root: WireNode, mostRows = 300): ReadonlySet<WireNode> {
  const open = new Set<WireNode>();
  const waiting: WireNode[] = [...(root.children?.() ?? []).slice(0, mostRows)];
  let rows = root.children?.().length ?? 0;
  for (const node of waiting) {
    const children = node.children?.();
    if (children !== undefined && rows + children.length <= mostRows) {
      open.add(node);
      rows += children.length;
      waiting.push(...children);
    }
  }
  return open;
}

/** What a key does in the tree. */
export type PartMove =
  | { readonly kind: "select"; readonly node: WireNode }
  | { readonly kind: "open" | "close"; readonly node: WireNode };

/** What `key` does where the row at `at` is selected, after the ARIA tree pattern; undefined where it does nothing. */
export function partMove(rows: readonly PartRow[], at: number, key: string): PartMove | undefined {
  const row = rows[at];
  switch (key) {
    case "ArrowDown":
      return select(rows[at + 1]);
    case "ArrowUp":
      return select(rows[Math.max(0, at - 1)]);
    case "Home":
      return select(rows[0]);
    case "End":
      return select(rows.at(-1));
    case "ArrowRight":
      if (row?.isOpen === undefined) {
        return undefined;
      }
      return row.isOpen ? select(rows[at + 1]) : { kind: "open", node: row.node };
    case "ArrowLeft":
      if (row === undefined) {
        return undefined;
      }
      return row.isOpen === true
        ? { kind: "close", node: row.node }
        : select(rows.slice(0, at).findLast(({ level }) => level < row.level));
    case "Enter":
    case " ":
      return row?.isOpen === undefined ? undefined : { kind: row.isOpen ? "close" : "open", node: row.node };
    default:
      return undefined;
  }
}

function select(row: PartRow | undefined): PartMove | undefined {
  return row === undefined ? undefined : { kind: "select", node: row.node };
}
