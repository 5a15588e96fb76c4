import type { TreeRow } from "./tree-rows.ts";

/** What a key does in the tree. */
export type TreeMove =
  | { readonly kind: "focus"; readonly id: string }
  | { readonly kind: "fold" | "unfold" | "activate"; readonly id: string };

/** What `key` does when the row `focusedId` has the focus; undefined where it does nothing. After the ARIA tree pattern. */
export function treeMove(rows: readonly TreeRow[], focusedId: string | undefined, key: string): TreeMove | undefined {
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === focusedId),
  );
  const row = rows[at];
  if (row === undefined) {
    return undefined;
  }
  switch (key) {
    case "ArrowDown":
      return focus(rows[at + 1]);
    case "ArrowUp":
      return focus(rows[at - 1]);
    case "Home":
      return focus(rows[0]);
    case "End":
      return focus(rows.at(-1));
    case "ArrowRight":
      if (row.kind === "method" || (row.kind === "broken" && row.isOpen)) {
        return undefined;
      }
      return row.isOpen ? focus(rows[at + 1]) : { kind: "unfold", id: row.id };
    case "ArrowLeft":
      if (row.kind === "method") {
        return focus(rows.slice(0, at).findLast(({ kind }) => kind === "service"));
      }
      return row.isOpen ? { kind: "fold", id: row.id } : undefined;
    case "Enter":
    case " ":
      return { kind: "activate", id: row.id };
    default:
      return undefined;
  }
}

/** The next row after the focused one whose name begins with `typed`; the focused one itself while more is typed. */
export function typeAheadRow(
  rows: readonly TreeRow[],
  focusedId: string | undefined,
  typed: string,
): string | undefined {
  const at = rows.findIndex(({ id }) => id === focusedId);
  const from = typed.length > 1 ? at : at + 1;
  const inOrder = [...rows.slice(Math.max(0, from)), ...rows.slice(0, Math.max(0, from))];
  return inOrder.find((row) => rowName(row).toLowerCase().startsWith(typed.toLowerCase()))?.id;
}

function rowName(row: TreeRow): string {
  switch (row.kind) {
    case "service":
      return row.service.name;
    case "method":
      return row.method.name;
    case "broken":
      return row.service.name.slice(row.service.name.lastIndexOf(".") + 1);
  }
}

function focus(row: TreeRow | undefined): TreeMove | undefined {
  return row === undefined ? undefined : { kind: "focus", id: row.id };
}
