import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { countText } from "../../ui/format-figures.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useMessageSettings } from "../message-settings.ts";
import { JsonView } from "../tree/json-view.tsx";
import { chosenColumns } from "./chosen-columns.ts";
import classes from "./message-table.module.css";
import { TableGrid } from "./table-grid.tsx";
import type { TableModel } from "./table-model.ts";
import { TableToolbar } from "./table-toolbar.tsx";
import { createTableView, type TableView } from "./table-view.ts";

/** Props of `MessageTable`. */
export interface MessageTableProps {
  readonly table: TableModel;
  /** The field's name: the table's accessible name. */
  readonly label: string;
}

/** A list of messages as a table that can be sorted and copied from; the chosen row is shown whole, below. */
export function MessageTable({ table, label }: MessageTableProps) {
  const { t } = useTranslation();
  const view = useMemo(() => createTableView(table), [table]);
  const chosen = useMessageSettings((settings) => settings.columns.get(table.typeName));
  const columns = useMemo(() => chosenColumns(table, chosen), [table, chosen]);
  const isShown = useStore(view.store, (state) => state.isShown);
  return (
    <div className={classes.frame}>
      <TableToolbar view={view} columns={columns} />
      {table.length === 0 ? (
        <p className={classes.empty}>{t("message.emptyTable")}</p>
      ) : (
        <TableGrid view={view} columns={columns} label={label} />
      )}
      {isShown ? <ShownRow view={view} /> : null}
    </div>
  );
}

function ShownRow({ view }: { readonly view: TableView }) {
  const { t } = useTranslation();
  const position = useStore(view.store, ({ active }) => view.rowAt(active));
  const node = useMemo(() => view.table.nodeAt(position), [view, position]);
  const label = t("message.row", { row: countText(position + 1) });
  return node === undefined ? null : (
    <div className={classes.chosen}>
      <div className={classes.chosenBar}>
        <span>{label}</span>
        <IconButton icon="close" label={t("action.close")} onClick={() => view.show(false)} />
      </div>
      <JsonView node={node} label={label} hasToolbar={false} />
    </div>
  );
}
