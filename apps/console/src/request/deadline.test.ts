import { describe, expect, test } from "vitest";
import { parseDeadline } from "./deadline.ts";

describe("parseDeadline()", () => {
  test.each([
    ["30 s", 30_000],
    ["500ms", 500],
    ["1.5 m", 90_000],
    ["2 min", 120_000],
    ["2h", 7_200_000],
    ["364 d", 31_449_600_000],
    ["30", 30_000],
    [" 1 MS ", 1],
    [".5 s", 500],
  ])("reads %j as %d ms", (text, ms) => {
    expect(parseDeadline(text)).toEqual({ kind: "set", ms });
  });

  test.each(["", "   "])("takes %j for no deadline", (text) => {
    expect(parseDeadline(text)).toEqual({ kind: "none" });
  });

  test.each([
    ["0", "zero"],
    ["-0 s", "zero"],
    ["0.0 ms", "zero"],
    ["-1 s", "negative"],
    ["0.2 ms", "tooShort"],
    ["365 d", "tooLong"],
    ["99999999999999999999999", "tooLong"],
    ["soon", "notADuration"],
    ["10 parsecs", "notADuration"],
    ["1 constructor", "notADuration"],
    ["1e3", "notADuration"],
    ["1 s 2", "notADuration"],
  ])("refuses %j: %s", (text, problem) => {
    expect(parseDeadline(text)).toEqual({ kind: "refused", problem });
  });
});
