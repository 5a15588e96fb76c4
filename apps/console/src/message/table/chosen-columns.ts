import type { TableColumn, TableModel } from "./table-model.ts";

/** So many columns are shown before any are chosen. */
const mostFirst = 24;

/** The columns of a table that are shown: those chosen before, as far as they still exist, or the rows' own fields. */
export function chosenColumns(
  { columns }: Pick<TableModel, "columns">,
  chosen: readonly string[] | undefined,
): readonly TableColumn[] {
  const known = new Map(columns.map((column) => [column.path, column]));
  const found = (chosen ?? []).flatMap((path) => known.get(path) ?? []);
  return found.length > 0 ? found : columns.filter(({ fields }) => fields.length === 1).slice(0, mostFirst);
}

/** The paths with that of one column added or taken away. The last one stays. */
export function toggledColumn(paths: readonly string[], path: string): readonly string[] {
  if (!paths.includes(path)) {
    return [...paths, path];
  }
  return paths.length === 1 ? paths : paths.filter((one) => one !== path);
}

/** The paths with that of one column moved by so many places. */
export function movedColumn(paths: readonly string[], path: string, by: -1 | 1): readonly string[] {
  const at = paths.indexOf(path);
  const other = paths[at + by];
  if (at === -1 || other === undefined) {
    return paths;
  }
  return paths.map((one, position) => (position === at ? other : position === at + by ? path : one));
}
