import { type KeyboardEvent, type RefObject, useRef } from "react";
import { treeMove, typeAheadRow } from "./tree-keys.ts";
import type { TreeRow } from "./tree-rows.ts";

/** The tree whose keys are handled. */
export interface TreeKeysOptions {
  readonly tree: RefObject<HTMLElement | null>;
  /** The rows in sight, drawn or not. */
  readonly rows: readonly TreeRow[];
  /** The row in the tab order. */
  readonly tabStop: string | undefined;
  /** Brings a row that isn't drawn, by its position among `rows`; unset where all are. */
  readonly scrollToRow: RefObject<((position: number) => void) | undefined>;
  readonly onActivate: (row: TreeRow, inNewTab: boolean) => void;
}

const typeAheadMs = 600;

/** Handles the keys of a tree: arrows, Enter and letters, after the ARIA tree pattern. */
export function useTreeKeys(options: TreeKeysOptions): (event: KeyboardEvent) => void {
  const { tree, rows, tabStop, scrollToRow, onActivate } = options;
  const typed = useRef({ text: "", at: 0 });

  const focusDrawn = (id: string) => {
    const row = tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    row?.focus();
    return row !== null && row !== undefined;
  };
  const moveFocus = (id: string) => {
    if (!focusDrawn(id)) {
      scrollToRow.current?.(rows.findIndex((row) => row.id === id));
      requestAnimationFrame(() => focusDrawn(id));
    }
  };
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const move = treeMove(rows, tabStop, event.key);
    if (move !== undefined) {
      event.preventDefault();
      const row = rows.find(({ id }) => id === move.id);
      if (move.kind === "focus") {
        moveFocus(move.id);
      } else if (row !== undefined) {
        onActivate(row, event.shiftKey);
      }
    } else if (/^[\p{L}\p{N}_.]$/u.test(event.key)) {
      // No key of the page's own while somebody looks for a row.
      event.preventDefault();
      const isGoingOn = event.timeStamp - typed.current.at < typeAheadMs;
      typed.current = { text: (isGoingOn ? typed.current.text : "") + event.key, at: event.timeStamp };
      const id = typeAheadRow(rows, tabStop, typed.current.text);
      if (id !== undefined) {
        moveFocus(id);
      }
    }
  };
}
