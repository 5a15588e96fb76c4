import { describe, expect, it } from "vitest";
import { readResult } from "./part-result.ts";

describe("readResult()", () => {
  it("succeeds where all cases passed", () => {
    expect(readResult("Total cases: 58\n58 passed, 0 failed\n", true)).toMatchObject({ passed: 58, succeeded: true });
  });

  it.each([
    ["a case failed", "FAILED: Basic/x:\n\twanted 1\n\nTotal cases: 3\n1 passed, 2 failed\n", false, 2],
    ["cases could not be run", "Total cases: 3\n3 passed, 0 failed\nAnother 7 could not be run due to x.\n", true, 7],
    ["the runner ended with an error", "Total cases: 3\n3 passed, 0 failed\n", false, 0],
    ["there is no total", "", true, 0],
    ["there were no cases", "Total cases: 0\n0 passed, 0 failed\n", true, 0],
  ])("does not succeed where %s", (_name, output, endedWell, failed) => {
    expect(readResult(output, endedWell)).toMatchObject({ failed, succeeded: false });
  });
});
