import { describe, expect, it } from "vitest";
import { rowHeight, rowWindow, tailTop } from "./row-window.ts";

const height = 10 * rowHeight;

describe("rowWindow()", () => {
  it("draws the rows in sight and eight on either side", () => {
    expect(rowWindow({ count: 1_000, height, firstInSight: 100 })).toEqual({ first: 92, end: 119 });
  });

  it("draws all of few rows", () => {
    expect(rowWindow({ count: 3, height, firstInSight: 0 })).toEqual({ first: 0, end: 3 });
    expect(rowWindow({ count: 3, height, firstInSight: undefined })).toEqual({ first: 0, end: 3 });
  });

  it("draws the last rows where the list keeps to its end", () => {
    expect(rowWindow({ count: 1_000, height, firstInSight: undefined })).toEqual({ first: 982, end: 1_000 });
  });

  it("draws nothing beyond a list that has shrunk", () => {
    expect(rowWindow({ count: 20, height, firstInSight: 500 })).toEqual({ first: 20, end: 20 });
    expect(rowWindow({ count: 0, height, firstInSight: undefined })).toEqual({ first: 0, end: 0 });
  });
});

describe("tailTop()", () => {
  it("is where the last row stands at the bottom", () => {
    expect(tailTop({ count: 100, height })).toBe(90 * rowHeight);
    expect(tailTop({ count: 3, height })).toBe(0);
  });
});
