import { jsonPieces } from "../json-text.ts";
import { cellText, type TableColumn, type TableModel } from "./table-model.ts";

/** How rows are written down. */
export type TableFormat = "tsv" | "csv" | "json";

/** What is written down. */
export interface TableTextOptions {
  /** The rows, by their positions in the message. */
  readonly rows: Iterable<number>;
  /** JSON has every field, whatever the columns. */
  readonly columns: readonly TableColumn[];
  readonly format: TableFormat;
}

/**
 * Rows as text, piece by piece: TSV and CSV (RFC 4180) with a line of names, or a JSON array of the messages. In TSV and
 * CSV a text that a spreadsheet would take for a formula has an apostrophe before it.
 */
export function* tableText(table: TableModel, options: TableTextOptions): Generator<string, void, undefined> {
  if (options.format === "json") {
    yield* jsonRows(table, options.rows);
    return;
  }
  const { columns, rows, format } = options;
  const lineEnd = format === "csv" ? "\r\n" : "\n";
  const separator = format === "csv" ? "," : "\t";
  const line = (cells: readonly string[]) => cells.map((cell) => cellField(cell, format)).join(separator) + lineEnd;
  yield line(columns.map(({ path }) => path));
  for (const position of rows) {
    yield line(columns.map((column) => cellText(table.cellAt(position, column), Number.POSITIVE_INFINITY)));
  }
}

function* jsonRows(table: TableModel, rows: Iterable<number>): Generator<string, void, undefined> {
  let before = "[";
  for (const position of rows) {
    const node = table.nodeAt(position);
    if (node !== undefined) {
      yield `${before}\n  `;
      before = ",";
      for (const piece of jsonPieces(node, { indent: "" })) {
        yield piece;
      }
    }
  }
  yield before === "[" ? "[]\n" : "\n]\n";
}

/** What spreadsheets take for a formula, or for the beginning of one once they have trimmed it. */
const formula = /^[=+\-@\t\r\n]/;
const plainNumber = /^[+-]?(\d+(\.\d+)?([eE][+-]?\d+)?|Infinity)$/;

function cellField(text: string, format: "tsv" | "csv"): string {
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  const needsQuotes = format === "csv" ? /[",\r\n]/ : /["\t\r\n]/;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
