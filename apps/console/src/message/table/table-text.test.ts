import { expect, test } from "vitest";
import { rowsTable } from "../testing/rows-table.ts";
import { chosenColumns, movedColumn, toggledColumn } from "./chosen-columns.ts";
import { type TableFormat, tableText } from "./table-text.ts";

const table = rowsTable([
  { big: -5n, text: '=HYPERLINK("x")' },
  { big: 7n, text: 'a\t"b"\nc', inner: { note: "@x" } },
]);

function text(format: TableFormat, paths: readonly string[] = ["big", "text", "inner.note"]): string {
  return [...tableText(table, { rows: [0, 1], columns: chosenColumns(table, paths), format })].join("");
}

test("CSV has a line of names, quotes what needs them, and no formula; negative numbers stay numbers", () => {
  expect(text("csv")).toBe('big,text,inner.note\r\n-5,"\'=HYPERLINK(""x"")",\r\n7,"a\t""b""\nc",\'@x\r\n');
});

test("TSV keeps its columns apart", () => {
  expect(text("tsv").split("\n")[0]).toBe("big\ttext\tinner.note");
  expect(text("tsv")).toContain('7\t"a\t""b""\nc"\t\'@x\n');
});

test("JSON has the messages whole", () => {
  expect(JSON.parse(text("json"))).toEqual([
    { big: "-5", text: '=HYPERLINK("x")' },
    { big: "7", text: 'a\t"b"\nc', inner: { note: "@x" } },
  ]);
  expect([...tableText(table, { rows: [], columns: [], format: "json" })].join("")).toBe("[]\n");
});

test("columns are the rows' own fields until others are chosen, and what no longer exists is left out", () => {
  const paths = (chosen?: readonly string[]) => chosenColumns(table, chosen).map(({ path }) => path);
  expect(paths()).toEqual(["big", "text", "real", "time", "inner"]);
  expect(paths(["inner.note", "gone", "big"])).toEqual(["inner.note", "big"]);
  expect(paths(["gone"])).toEqual(paths());
  expect(toggledColumn(["a", "b"], "a")).toEqual(["b"]);
  expect(toggledColumn(["a"], "a")).toEqual(["a"]);
  expect(toggledColumn(["a"], "b")).toEqual(["a", "b"]);
  expect(movedColumn(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
  expect(movedColumn(["a", "b"], "b", 1)).toEqual(["a", "b"]);
});
