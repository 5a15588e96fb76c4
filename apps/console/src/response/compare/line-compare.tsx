import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import hidden from "../../ui/visually-hidden.module.css";
import { type CompareRow, compareRows } from "./compare-rows.ts";
import classes from "./line-compare.module.css";
import { lineDifference } from "./line-difference.ts";

/** Props of `LineCompare`. */
export interface LineCompareProps {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly names: readonly [string, string];
}

/** The most rows that are drawn. */
const mostRows = 2_000;

/** Two texts side by side: changed lines are marked, and long runs of the same lines are folded. */
export function LineCompare({ left, right, names }: LineCompareProps) {
  const { t } = useTranslation();
  const runs = useMemo(() => lineDifference(left, right), [left, right]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => compareRows(runs, open), [runs, open]);
  if (left.length === 0 && right.length === 0) {
    return null;
  }
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={t("compare.messages")}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row) =>
            row.kind === "folded" ? (
              <tr key={`folded ${row.run}`} className={classes.folded}>
                <td colSpan={2}>
                  <button type="button" onClick={() => setOpen(new Set([...open, row.run]))}>
                    {t("compare.unchanged", { count: row.count })}
                  </button>
                </td>
              </tr>
            ) : (
              <tr key={`${row.left} ${row.right}`} data-kind={row.kind}>
                <Side row={row} side="left" line={row.left === undefined ? undefined : left[row.left]} />
                <Side row={row} side="right" line={row.right === undefined ? undefined : right[row.right]} />
              </tr>
            ),
          )}
        </tbody>
      </table>
      {rows.length > mostRows ? (
        <p className={classes.said}>{t("compare.moreRows", { count: rows.length - mostRows })}</p>
      ) : null}
    </div>
  );
}

interface SideProps {
  readonly row: Exclude<CompareRow, { readonly kind: "folded" }>;
  readonly side: "left" | "right";
  readonly line: string | undefined;
}

function Side({ row, side, line }: SideProps) {
  const { t } = useTranslation();
  const mark = row.kind === "changed" && line !== undefined ? side : undefined;
  return (
    <td className={classes.line} data-mark={mark} data-none={line === undefined || undefined}>
      {mark === undefined ? null : (
        <>
          <span aria-hidden="true">{mark === "left" ? "−" : "+"}</span>
          <span className={hidden.hidden}>{t(`compare.mark.${mark}`)}</span>
        </>
      )}
      <bdi>{line}</bdi>
    </td>
  );
}
