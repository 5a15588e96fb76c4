import type { TFunction } from "i18next";
import { type MouseEvent, memo } from "react";
import { countText } from "../../ui/format-figures.ts";
import classes from "./message-table.module.css";
import { cellText, type TableColumn } from "./table-model.ts";
import type { TableView } from "./table-view.ts";

/** Props of `TableRowView`. */
export interface TableRowViewProps {
  /** Handed down, since asking for it takes each row as long as drawing it. */
  readonly t: TFunction;
  readonly id: string;
  readonly view: TableView;
  /** Where the row is shown, from 0. */
  readonly line: number;
  /** Where it stands in the message. */
  readonly position: number;
  readonly columns: readonly TableColumn[];
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

/** One row of a table. A click shows its message whole. */
export const TableRowView = memo(function TableRowView(props: TableRowViewProps) {
  const { t, id, view, line, position, columns, isSelected, isActive } = props;
  const onClick = (event: MouseEvent) => {
    view.goTo(line, event.shiftKey);
    if (!event.shiftKey) {
      view.show(true);
    }
  };
  return (
    <tr
      id={id}
      aria-rowindex={line + 2}
      aria-selected={isSelected}
      data-active={isActive || undefined}
      onClick={onClick}
    >
      <td className={classes.number}>
        <button
          type="button"
          tabIndex={-1}
          className={classes.open}
          aria-label={t("message.showRow", { row: position + 1 })}
        >
          {countText(position + 1)}
        </button>
      </td>
      {columns.map((column) => {
        const cell = view.table.cellAt(position, column);
        const text = cellText(cell);
        return (
          <td
            key={column.path}
            data-number={column.isNumber || undefined}
            data-unset={cell?.isSet === false || undefined}
            title={text}
          >
            <bdi dir="ltr">{text}</bdi>
          </td>
        );
      })}
    </tr>
  );
});
