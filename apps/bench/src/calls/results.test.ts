import { describe, expect, it } from "vitest";
import { compareRounds, medianOf, type Series, spreadOf } from "./results.ts";

function series(...rounds: number[]): Series {
  return { case: "case", what: "what", unit: "calls/s", subject: "subject", rounds };
}

describe("medianOf()", () => {
  it("answers the middle of an odd number of values", () => {
    expect(medianOf([9, 1, 5])).toBe(5);
  });

  it("answers the mean of the two in the middle of an even number", () => {
    expect(medianOf([9, 1, 5, 3])).toBe(4);
  });
});

describe("spreadOf()", () => {
  it("answers median and ends", () => {
    expect(spreadOf([2, 10, 4])).toEqual({ median: 4, min: 2, max: 10 });
  });
});

describe("compareRounds()", () => {
  it("compares within a round before it takes the median", () => {
    // The machine was half as fast in the second round, and the third: each round says 2.
    const value = compareRounds(series(20, 10, 10), series(10, 5, 5), (ours, theirs) => ours / theirs);
    expect(value).toBe(2);
  });
});
