import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { copyText } from "../../ui/copy-text.ts";
import { countText } from "../../ui/format-figures.ts";
import buttons from "../../ui/text-button.module.css";
import { ColumnChooser } from "./column-chooser.tsx";
import classes from "./message-table.module.css";
import type { TableColumn } from "./table-model.ts";
import type { TableFormat } from "./table-text.ts";
import type { TableView } from "./table-view.ts";

/** Props of `TableToolbar`. */
export interface TableToolbarProps {
  readonly view: TableView;
  readonly columns: readonly TableColumn[];
}

const formats: readonly TableFormat[] = ["tsv", "csv", "json"];

/** What a table holds, its columns, and copies of it. */
export function TableToolbar({ view, columns }: TableToolbarProps) {
  const { t } = useTranslation();
  const [isChoosing, setIsChoosing] = useState(false);
  const [outcome, setOutcome] = useState("");
  const chooser = useRef<HTMLButtonElement>(null);
  const { isSorting } = useStore(view.store);
  const selected = view.selectedCount();
  const which = selected > 1 ? "selected" : "all";
  const copy = async (format: TableFormat) => {
    const isCopied = await copyText(view.text(format, columns, which));
    setOutcome(t(`action.outcome.${isCopied ? "copied" : "failed"}`));
  };
  const close = () => {
    setIsChoosing(false);
    chooser.current?.focus();
  };
  return (
    <div role="toolbar" aria-label={t("message.tableTools")} className={classes.bar}>
      <span>{t("message.rowCount", { count: countText(view.table.length) })}</span>
      {selected > 1 ? <span>{t("message.selectedCount", { count: countText(selected) })}</span> : null}
      {isSorting ? <span>{t("message.sorting")}</span> : null}
      <span className={classes.space} />
      <span role="status">{outcome}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here. */}
      <div role="group" aria-label={t(`message.copyRows.${which}`)} className={buttons.group}>
        <span className={classes.groupName} aria-hidden="true">
          {t(`message.copyRows.${which}`)}
        </span>
        {formats.map((format) => (
          <button key={format} type="button" className={buttons.button} onClick={() => copy(format)}>
            {format.toUpperCase()}
          </button>
        ))}
      </div>
      <button
        ref={chooser}
        type="button"
        className={buttons.button}
        aria-expanded={isChoosing}
        aria-haspopup="dialog"
        onClick={() => setIsChoosing(!isChoosing)}
      >
        {t("message.columns")}
      </button>
      {isChoosing ? <ColumnChooser table={view.table} columns={columns} onClose={close} /> : null}
    </div>
  );
}
