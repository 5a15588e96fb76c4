import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { JsonView } from "../tree/json-view.tsx";
import classes from "./message-table.module.css";
import { cellText, type TableModel } from "./table-model.ts";

/** Props of `MessageTable`. */
export interface MessageTableProps {
  readonly table: TableModel;
  /** The field's name: the table's accessible name. */
  readonly label: string;
}

const rowHeight = 28;
/** More rows than that are drawn only where they are in sight. */
const mostDrawnRows = 100;

/** A list of messages as a table. A row's button shows the message whole, below. */
export function MessageTable({ table, label }: MessageTableProps) {
  const { t } = useTranslation();
  const [selected, setSelected] = useState<number>();
  const scroll = useRef<HTMLDivElement>(null);
  const isVirtual = table.length > mostDrawnRows;
  const virtual = useVirtualizer({
    count: table.length,
    enabled: isVirtual,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems();
  const first = isVirtual ? (drawn[0]?.index ?? 0) : 0;
  const last = isVirtual ? (drawn.at(-1)?.index ?? -1) : table.length - 1;
  const chosen = selected === undefined ? undefined : table.row(selected);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard. */}
      <section ref={scroll} className={classes.scroll} aria-label={label} tabIndex={0}>
        <table
          className={classes.table}
          style={{ "--columns": table.columns.length }}
          aria-label={label}
          aria-rowcount={table.length + 1}
        >
          <thead>
            <tr>
              <th scope="col" className={classes.number}>
                #
              </th>
              {table.columns.map(({ name, isNumber }) => (
                <th key={name} scope="col" data-number={isNumber || undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap height={first * rowHeight} />
            {Array.from({ length: last - first + 1 }, (_, offset) => {
              const position = first + offset;
              const row = table.row(position);
              return (
                <tr
                  key={position}
                  aria-rowindex={position + 2}
                  data-selected={position === selected || undefined}
                  onClick={() => setSelected(position === selected ? undefined : position)}
                >
                  <td className={classes.number}>
                    <button
                      type="button"
                      className={classes.open}
                      aria-label={t("message.showRow", { row: position + 1 })}
                      aria-pressed={position === selected}
                    >
                      {position + 1}
                    </button>
                  </td>
                  {table.columns.map(({ name, isNumber }) => {
                    const cell = row?.cells.get(name);
                    const text = cellText(cell);
                    return (
                      <td
                        key={name}
                        data-number={isNumber || undefined}
                        data-unset={cell?.isSet === false || undefined}
                        title={text}
                      >
                        {text}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            <Gap height={(table.length - 1 - last) * rowHeight} />
          </tbody>
        </table>
        {table.length === 0 ? <p className={classes.empty}>{t("message.emptyTable")}</p> : null}
      </section>
      {chosen === undefined ? null : (
        <div className={classes.chosen}>
          <div className={classes.chosenBar}>
            <span>{t("message.row", { row: (selected ?? 0) + 1 })}</span>
            <IconButton icon="close" label={t("action.close")} onClick={() => setSelected(undefined)} />
          </div>
          <JsonView node={chosen.node} label={t("message.row", { row: (selected ?? 0) + 1 })} />
        </div>
      )}
    </>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr data-gap>
      <td className={classes.gap} style={{ height }} />
    </tr>
  );
}
