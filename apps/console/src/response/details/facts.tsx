import { FoundText } from "../../message/found-text.tsx";
import classes from "./detail-view.module.css";

/** Props of `FactList`. */
export interface FactListProps {
  /** Names, in the schema's terms, with their values; those without a value are left out. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** Fields with their values. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>
              <FoundText text={name} />
            </dt>
            <dd>
              <FoundText text={value} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Props of `FactTable`. */
export interface FactTableProps {
  /** Names, in the schema's terms; a column without a value in any row is left out. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Messages with the same fields. */
export function FactTable({ columns, rows }: FactTableProps) {
  const shown = columns
    .map((name, at) => ({ name, at }))
    .filter(({ at }) => rows.some((row) => (row[at] ?? "") !== ""));
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {shown.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place, and never move.
          <tr key={position}>
            {shown.map(({ name, at }) => (
              <td key={name}>
                <FoundText text={row[at] ?? ""} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
