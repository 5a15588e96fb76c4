import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowWindow, scrollTopFor } from "./row-window.ts";

const list = { count: 100, rowHeight: 20, scrollTop: 0, viewHeight: 200 };

describe("rowWindow()", () => {
  test("draws the rows in sight and some around them", () => {
    expect(rowWindow(list)).toEqual({ first: 0, end: 18, top: 0, height: 2_000 });
    expect(rowWindow({ ...list, scrollTop: 1_000 })).toEqual({ first: 42, end: 68, top: 840, height: 2_000 });
    expect(rowWindow({ ...list, count: 0 })).toEqual({ first: 0, end: 0, top: 0, height: 0 });
  });

  test("shows the last row at the end of a list that is higher than a browser can lay out", () => {
    const long = { ...list, count: 3_000_000 };
    const { height } = rowWindow(long);
    expect(height).toBe(15_000_000);
    const scrollTop = height - long.viewHeight;
    const { first, end, top } = rowWindow({ ...long, scrollTop });
    expect(end).toBe(long.count);
    expect(top + (end - first) * long.rowHeight).toBeCloseTo(height);
  });
});

test("a row that is scrolled to is in sight", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000_000 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1))),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ([count, row], part) => {
        const long = { ...list, count };
        const { height } = rowWindow(long);
        const scrollTop = scrollTopFor(row, { ...long, scrollTop: part * Math.max(0, height - long.viewHeight) });
        const { first, end, top } = rowWindow({ ...long, scrollTop });
        expect(first).toBeLessThanOrEqual(row);
        expect(end).toBeGreaterThan(row);
        const rowTop =
          top + (row - first) * long.rowHeight - Math.min(scrollTop, Math.max(0, height - long.viewHeight));
        expect(rowTop).toBeGreaterThanOrEqual(-0.01);
        expect(rowTop + long.rowHeight).toBeLessThanOrEqual(long.viewHeight + 0.01);
      },
    ),
  );
});
