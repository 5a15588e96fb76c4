import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsTable, type TestRow } from "../testing/rows-table.ts";
import { sortRows, type TableSort } from "./sort-rows.ts";

function sorted(rows: readonly TestRow[], path: string, direction: TableSort["direction"] = "ascending"): number[] {
  const table = rowsTable(rows);
  const column = table.columns.find((one) => one.path === path);
  if (column === undefined) {
    throw new Error(`no column ${path}`);
  }
  const steps = sortRows(table, column, { direction, language: "en" });
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return [...step.value];
    }
  }
}

describe("sortRows()", () => {
  test("gives what a stable sort at once gives, in both directions", () => {
    const row = fc.record({ big: fc.bigInt({ min: -5n, max: 5n }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 1_500, size: "max" }), (rows) => {
        const positions = rows.map((_, position) => position);
        const by = (sign: number) => (a: number, b: number) =>
          sign * Number((rows[a]?.big ?? 0n) - (rows[b]?.big ?? 0n));
        expect(sorted(rows, "big")).toEqual([...positions].sort(by(1)));
        expect(sorted(rows, "big", "descending")).toEqual([...positions].sort(by(-1)));
      }),
      { numRuns: 20 },
    );
  });

  test("compares integers beyond 2^53, times by their nanoseconds, and texts by the language's rules", () => {
    expect(sorted([{ big: 9_007_199_254_740_993n }, { big: 9_007_199_254_740_992n }], "big")).toEqual([1, 0]);
    const times = [1, 0].map((nanos) => ({ time: { seconds: 5n, nanos } }));
    expect(sorted(times, "time")).toEqual([1, 0]);
    const texts = ["b", "Ä", "row 10", "row 9", "a"].map((text) => ({ text }));
    expect(sorted(texts, "text")).toEqual([4, 1, 0, 3, 2]);
  });

  test("puts NaN above all numbers, and what is not there last in both directions", () => {
    expect(sorted([{ real: Number.NaN }, { real: Number.POSITIVE_INFINITY }, { real: -1 }], "real")).toEqual([2, 1, 0]);
    const rows = [{}, { inner: { note: "b" } }, { inner: { note: "a" } }];
    expect(sorted(rows, "inner.note")).toEqual([2, 1, 0]);
    expect(sorted(rows, "inner.note", "descending")).toEqual([1, 2, 0]);
  });

  test("goes in small steps", () => {
    const table = rowsTable(Array.from({ length: 5_000 }, (_, position) => ({ big: BigInt(-position) })));
    const [column] = table.columns;
    let steps = 0;
    if (column !== undefined) {
      for (const _ of sortRows(table, column, { direction: "ascending", language: "en" })) {
        steps++;
      }
    }
    expect(steps).toBeGreaterThan(50);
  });
});
