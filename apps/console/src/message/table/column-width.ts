import { cellText, type TableColumn, type TableModel } from "./table-model.ts";

/** Rows that are looked at for the width of a column. */
const rowsLookedAt = 40;
const pixelsPerCharacter = 7.3;
const padding = 22;
const leastWidth = 56;
const mostWidth = 340;

/**
 * The width of a column in pixels: what its name and its first rows take. It stays the same while the table is scrolled
 * and sorted, so that nothing moves.
 */
export function columnWidth(table: TableModel, column: TableColumn): number {
  const sortSign = 3;
  let longest = column.path.length + sortSign;
  for (let position = 0; position < Math.min(table.length, rowsLookedAt); position++) {
    longest = Math.max(longest, cellText(table.cellAt(position, column)).length);
  }
  return Math.round(Math.min(mostWidth, Math.max(leastWidth, longest * pixelsPerCharacter + padding)));
}
