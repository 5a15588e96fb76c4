import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineDifference } from "./line-difference.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });

describe("lineDifference()", () => {
  test("covers both texts in order, and what it calls the same is", () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const runs = lineDifference(left, right);
        let [l, r] = [0, 0];
        for (const run of runs) {
          expect([run.left[0], run.right[0]]).toEqual([l, r]);
          [l, r] = [run.left[1], run.right[1]];
          if (run.kind === "same") {
            expect(left.slice(...run.left)).toEqual(right.slice(...run.right));
          }
        }
        expect([l, r]).toEqual([left.length, right.length]);
      }),
    );
  });

  test("changes as few lines as a longest common subsequence allows", () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const same = lineDifference(left, right).filter(({ kind }) => kind === "same");
        const kept = same.reduce((sum, { left: [from, to] }) => sum + to - from, 0);
        expect(kept).toBe(longestCommon(left, right));
      }),
    );
  });

  test("takes texts that have nothing in common for changed altogether, and does not take long", () => {
    const left = Array.from({ length: 20_000 }, (_, at) => `l${at}`);
    const right = Array.from({ length: 20_000 }, (_, at) => `r${at}`);
    expect(lineDifference(left, right)).toEqual([{ kind: "changed", left: [0, 20_000], right: [0, 20_000] }]);
  });
});

function longestCommon(left: readonly string[], right: readonly string[]): number {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const line of left) {
    const next = [0];
    right.forEach((other, at) => {
      next.push(line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
