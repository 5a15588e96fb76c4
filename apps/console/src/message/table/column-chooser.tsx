import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import buttons from "../../ui/text-button.module.css";
import { useMessageSettingsStore } from "../message-settings.ts";
import { movedColumn, toggledColumn } from "./chosen-columns.ts";
import classes from "./message-table.module.css";
import type { TableColumn, TableModel } from "./table-model.ts";

/** Props of `ColumnChooser`. */
export interface ColumnChooserProps {
  readonly table: TableModel;
  /** Those that are shown now. */
  readonly columns: readonly TableColumn[];
  readonly onClose: () => void;
}

/** More columns than this have a field to look for them. */
const filteredFrom = 12;

/** Which columns a table shows, and in which order: remembered for the rows' type. */
export function ColumnChooser({ table, columns, onClose }: ColumnChooserProps) {
  const { t } = useTranslation();
  const store = useMessageSettingsStore();
  const [filter, setFilter] = useState("");
  const panel = useRef<HTMLDivElement>(null);
  const shown = columns.map(({ path }) => path);
  const others = table.columns.map(({ path }) => path).filter((path) => !shown.includes(path));
  const wanted = filter.trim().toLowerCase();
  const matches = (path: string) => path.toLowerCase().includes(wanted);
  useEffect(() => panel.current?.querySelector("input")?.focus(), []);

  const choose = (paths: readonly string[] | undefined) =>
    store.setState(({ columns: before }) => {
      const next = new Map(before);
      // The newest choice stands last, and is forgotten last.
      next.delete(table.typeName);
      return { columns: paths === undefined ? next : next.set(table.typeName, paths) };
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && panel.current?.contains(relatedTarget) === false) {
      onClose();
    }
  };
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={t("message.columns")}
      className={classes.chooser}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {table.columns.length > filteredFrom ? (
        <input
          type="search"
          className={classes.filter}
          value={filter}
          placeholder={t("message.filterColumns")}
          aria-label={t("message.filterColumns")}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      ) : null}
      <ul className={classes.choices}>
        {[...shown, ...others].filter(matches).map((path) => {
          const at = shown.indexOf(path);
          return (
            <li key={path} className={classes.choice}>
              <label>
                <input
                  type="checkbox"
                  checked={at >= 0}
                  disabled={at >= 0 && shown.length === 1}
                  onChange={() => choose(toggledColumn(shown, path))}
                />
                <bdi>{path}</bdi>
              </label>
              {at < 0 ? null : (
                <>
                  <IconButton
                    icon="up"
                    label={t("message.moveBefore", { name: path })}
                    disabled={at === 0}
                    onClick={() => choose(movedColumn(shown, path, -1))}
                  />
                  <IconButton
                    icon="down"
                    label={t("message.moveAfter", { name: path })}
                    disabled={at === shown.length - 1}
                    onClick={() => choose(movedColumn(shown, path, 1))}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div className={classes.chooserEnd}>
        <button type="button" className={buttons.button} onClick={() => choose(undefined)}>
          {t("message.resetColumns")}
        </button>
        <button type="button" className={buttons.button} onClick={onClose}>
          {t("action.close")}
        </button>
      </div>
    </div>
  );
}
