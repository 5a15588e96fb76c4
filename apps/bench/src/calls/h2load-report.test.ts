import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseH2loadReport } from "./h2load-report.ts";

/** What h2load 1.52 wrote to standard output. */
function captured(name: string): string {
  return readFileSync(join(import.meta.dirname, "testdata", name), "utf8");
}

describe("parseH2loadReport()", () => {
  it("reads the rate of a timed run", () => {
    expect(parseH2loadReport(captured("h2load-timed.txt"))).toEqual({ rate: 1088, done: 1088, failed: 0 });
  });

  it("counts calls that were refused", () => {
    expect(parseH2loadReport(captured("h2load-refused.txt"))).toEqual({ rate: 2279.57, done: 100, failed: 100 });
  });

  it("counts calls that found no server", () => {
    expect(parseH2loadReport(captured("h2load-unreachable.txt"))).toEqual({ rate: 0, done: 0, failed: 2 });
  });

  it("throws what was written when that is no report", () => {
    expect(() => parseH2loadReport("unable to resolve host")).toThrow("unable to resolve host");
  });
});
