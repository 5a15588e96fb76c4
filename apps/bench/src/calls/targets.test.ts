import { describe, expect, it } from "vitest";
import type { Series } from "./results.ts";
import { subjectNames } from "./subjects.ts";
import { judge, type Target } from "./targets.ts";

const ratio: Target = { what: "work", peer: "peer", bound: { kind: "ratio", limit: 2 } };
const beyond: Target = { what: "work", peer: "peer", bound: { kind: "beyond", limit: 1 } };

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

  it("judges nothing that was not measured", () => {
    expect(judge(ratio, measured(20, 10).slice(0, 1))).toMatchObject({ value: undefined, verdict: "not measured" });
  });
});
