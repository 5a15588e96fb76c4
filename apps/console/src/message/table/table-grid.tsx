import { type KeyboardEvent, useId, useLayoutEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { copyText } from "../../ui/copy-text.ts";
import { useRowWindow } from "../../ui/use-row-window.ts";
import { columnWidth } from "./column-width.ts";
import classes from "./message-table.module.css";
import { tableCommand } from "./table-keys.ts";
import type { TableColumn } from "./table-model.ts";
import { TableRowView } from "./table-row-view.tsx";
import type { TableView } from "./table-view.ts";

/** Props of `TableGrid`. */
export interface TableGridProps {
  readonly view: TableView;
  readonly columns: readonly TableColumn[];
  /** Its accessible name. */
  readonly label: string;
}

const rowHeight = 28;
const numberWidth = 64;
const signs = { ascending: "↑", descending: "↓" } as const;

/** The rows of a table, of which only those in sight are drawn, under a head whose buttons sort. */
export function TableGrid({ view, columns, label }: TableGridProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { table } = view;
  const state = useStore(view.store);
  const widths = useMemo(() => columns.map((column) => columnWidth(table, column)), [table, columns]);
  const rows = useRowWindow({ count: table.length, rowHeight, headHeight: rowHeight });
  const { scroll, onScroll, first, end, height, page, reveal } = rows;
  const [from, to] = [Math.min(state.active, state.anchor), Math.max(state.active, state.anchor)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when it is asked to, and not when rows change.
  useLayoutEffect(() => {
    if (state.reveals > 0) {
      reveal(state.active);
    }
  }, [state.reveals]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) {
      return;
    }
    const command = tableCommand(event, { active: state.active, count: table.length, page, isShown: state.isShown });
    if (command === undefined || (command.kind === "copy" && String(getSelection()) !== "")) {
      return;
    }
    event.preventDefault();
    switch (command.kind) {
      case "go":
        return view.goTo(command.line, event.shiftKey);
      case "all":
        return view.selectAll();
      case "copy":
        return void copyText(view.text("tsv", columns, "selected"));
      case "show":
        return view.show(command.isShown);
    }
  };
  const wholeWidth = widths.reduce((sum, width) => sum + width, numberWidth);
  return (
    <div ref={scroll} className={classes.scroll} onScroll={onScroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table alone has no active row and no selection.
        role="grid"
        tabIndex={0}
        className={classes.table}
        style={{ minWidth: wholeWidth }}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={table.length + 1}
        aria-activedescendant={`${id}${state.active}`}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          <col style={{ width: numberWidth }} />
          {columns.map(({ path }, position) => (
            <col key={path} style={{ width: widths[position] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={classes.number}>
              #
            </th>
            {columns.map((column) => {
              const direction = state.sort?.path === column.path ? state.sort.direction : undefined;
              return (
                <th
                  key={column.path}
                  scope="col"
                  data-number={column.isNumber || undefined}
                  aria-sort={direction !== undefined && !state.isSorting ? direction : undefined}
                >
                  <button
                    type="button"
                    className={classes.sort}
                    title={t("message.sortBy", { name: column.path })}
                    onClick={() => view.sortBy(column, i18n.language)}
                  >
                    <bdi>{column.path}</bdi>
                    {direction === undefined ? null : (
                      <span aria-hidden="true">{state.isSorting ? " …" : ` ${signs[direction]}`}</span>
                    )}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          <Gap height={rows.top} />
          {Array.from({ length: end - first }, (_, offset) => {
            const line = first + offset;
            const position = view.rowAt(line);
            return (
              <TableRowView
                key={position}
                t={t}
                id={`${id}${line}`}
                view={view}
                line={line}
                position={position}
                columns={columns}
                isSelected={line >= from && line <= to && (state.reveals > 0 || from !== to)}
                isActive={line === state.active}
              />
            );
          })}
          <Gap height={height - rows.top - (end - first) * rowHeight} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr data-gap>
      <td className={classes.gap} style={{ height }} />
    </tr>
  );
}
