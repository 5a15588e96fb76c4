import { createStore, type StoreApi } from "zustand/vanilla";
import { inSlices } from "../../ui/in-slices.ts";
import { sortRows, type TableSort } from "./sort-rows.ts";
import type { TableColumn, TableModel } from "./table-model.ts";
import { type TableFormat, tableText } from "./table-text.ts";

/** How a table is looked at. Replaced, never changed. */
export interface TableViewState {
  readonly sort: TableSort | undefined;
  /** The rows' positions in the message, in the order in which they are shown; undefined for the message's own. */
  readonly order: Uint32Array | undefined;
  readonly isSorting: boolean;
  /** The line that the keys go from, and the other end of the selected lines; lines are counted as they are shown. */
  readonly active: number;
  readonly anchor: number;
  /** Whether the active row is shown whole. */
  readonly isShown: boolean;
  /** Grows each time the active row is to be brought in sight. */
  readonly reveals: number;
}

/** A table as it is looked at: sorted, and with rows selected. */
export interface TableView {
  readonly table: TableModel;
  readonly store: StoreApi<TableViewState>;
  /** The row that is shown at `line`, by its position in the message. */
  rowAt(line: number): number;
  /** Sorts by a column: upwards, downwards at the second time, and in the message's own order at the third. */
  sortBy(column: TableColumn, language: string): void;
  /** Makes a line the active one; `extends` keeps the other end of the selection. */
  goTo(line: number, extendsSelection: boolean): void;
  selectAll(): void;
  show(isShown: boolean): void;
  /** How many rows are selected. */
  selectedCount(): number;
  /** The selected rows as text, or all of them, in the order in which they are shown. Made in slices. */
  text(format: TableFormat, columns: readonly TableColumn[], which: "selected" | "all"): Promise<string>;
}

/** Begins to look at a table. */
export function createTableView(table: TableModel): TableView {
  const store = createStore<TableViewState>(() => ({
    sort: undefined,
    order: undefined,
    isSorting: false,
    active: 0,
    anchor: 0,
    isShown: false,
    reveals: 0,
  }));
  let sorting = new AbortController();

  const run = async (column: TableColumn, sort: TableSort, language: string) => {
    const { signal } = sorting;
    const order = await inSlices(sortRows(table, column, { ...sort, language }), signal);
    if (order !== undefined && !signal.aborted) {
      showOrder(order);
    }
  };
  /** A row that is shown whole stays the active one, wherever it now stands; otherwise the first line is. */
  const showOrder = (order: Uint32Array | undefined) => {
    const { isShown, active: before } = store.getState();
    const row = view.rowAt(before);
    const active = !isShown ? 0 : order === undefined ? row : Math.max(0, order.indexOf(row));
    store.setState(({ reveals }) => ({ order, isSorting: false, active, anchor: active, reveals: reveals + 1 }));
  };
  const view: TableView = {
    table,
    store,
    rowAt: (line) => store.getState().order?.[line] ?? line,
    sortBy(column, language) {
      sorting.abort();
      sorting = new AbortController();
      const sort = nextSort(store.getState().sort, column);
      store.setState({ sort, isSorting: sort !== undefined });
      if (sort === undefined) {
        showOrder(undefined);
      } else {
        void run(column, sort, language);
      }
    },
    goTo(line, extendsSelection) {
      const active = Math.max(0, Math.min(table.length - 1, line));
      store.setState(({ anchor, reveals }) => ({
        active,
        anchor: extendsSelection ? anchor : active,
        reveals: reveals + 1,
      }));
    },
    selectAll: () => store.setState({ anchor: 0, active: Math.max(0, table.length - 1) }),
    show: (isShown) => store.setState({ isShown }),
    selectedCount() {
      const { active, anchor } = store.getState();
      return table.length === 0 ? 0 : Math.abs(active - anchor) + 1;
    },
    async text(format, columns, which) {
      const { active, anchor } = store.getState();
      const first = which === "all" ? 0 : Math.min(active, anchor);
      const count = which === "all" ? table.length : view.selectedCount();
      const rows = Array.from({ length: count }, (_, offset) => view.rowAt(first + offset));
      const parts: string[] = [];
      function* write() {
        for (const piece of tableText(table, { rows, columns, format })) {
          yield parts.push(piece);
        }
      }
      await inSlices(write(), new AbortController().signal);
      return parts.join("");
    },
  };
  return view;
}

function nextSort(sort: TableSort | undefined, { path }: TableColumn): TableSort | undefined {
  if (sort?.path !== path) {
    return { path, direction: "ascending" };
  }
  return sort.direction === "ascending" ? { path, direction: "descending" } : undefined;
}
