import { expect, test } from "vitest";
import { compareRows } from "./compare-rows.ts";
import { lineDifference } from "./line-difference.ts";

const left = Array.from({ length: 20 }, (_, at) => `line ${at}`);
const right = left.toSpliced(10, 1, "other", "more");
const runs = lineDifference(left, right);

test("unchanged lines are folded but for three beside a change", () => {
  expect(compareRows(runs, new Set())).toEqual([
    { kind: "folded", run: 0, count: 7 },
    { kind: "same", left: 7, right: 7 },
    { kind: "same", left: 8, right: 8 },
    { kind: "same", left: 9, right: 9 },
    { kind: "changed", left: 10, right: 10 },
    { kind: "changed", left: undefined, right: 11 },
    { kind: "same", left: 11, right: 12 },
    { kind: "same", left: 12, right: 13 },
    { kind: "same", left: 13, right: 14 },
    { kind: "folded", run: 2, count: 6 },
  ]);
});

test("an opened run shows every line", () => {
  expect(compareRows(runs, new Set([0, 2])).length).toBe(21);
});
