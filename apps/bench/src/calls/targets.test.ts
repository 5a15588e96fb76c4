import { describe, expect, it } from "vitest";
import type { Series } from "./results.ts";
import { subjectNames } from "./subjects.ts";
import { judge, type Target } from "./targets.ts";

const ratio: Target = { what: "work", bound: { kind: "ratio", peer: "peer", limit: 2 } };
const beyond: Target = { what: "work", bound: { kind: "beyond", peer: "peer", limit: 1 } };

function measured(ours: number, theirs: number): readonly Series[] {
  const common = { case: "case", what: "work", unit: "ms" } as const;
  return [
    { ...common, subject: subjectNames.switchboard, rounds: [ours] },
    { ...common, subject: "peer", rounds: [theirs] },
  ];
}

describe("judge()", () => {
  it("finds a ratio met at its limit", () => {
    expect(judge(ratio, measured(20, 10))).toMatchObject({ value: 2, verdict: "met" });
  });

  it("finds a ratio not met below its limit", () => {
    expect(judge(ratio, measured(19, 10))).toMatchObject({ value: 1.9, verdict: "not met" });
  });

  it("finds a difference met at its limit", () => {
    expect(judge(beyond, measured(4, 3))).toMatchObject({ value: 1, verdict: "met" });
  });

  it("finds a difference not met above its limit", () => {
    expect(judge(beyond, measured(5, 3))).toMatchObject({ value: 2, verdict: "not met" });
  });

  it.each([
    ["atLeast", 5, "met"],
    ["atLeast", 6, "not met"],
    ["atMost", 5, "met"],
    ["atMost", 4, "not met"],
  ] as const)("judges %s %d by itself, without a peer", (kind, limit, verdict) => {
    const target: Target = { what: "work", bound: { kind, limit } };
    expect(judge(target, measured(5, 0).slice(0, 1))).toMatchObject({ value: 5, verdict });
  });

  it("judges nothing that was not measured", () => {
    expect(judge(ratio, measured(20, 10).slice(0, 1))).toMatchObject({ value: undefined, verdict: "not measured" });
  });
});
