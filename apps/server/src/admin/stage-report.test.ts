import { describe, expect, it } from "vitest";
import { createStageReport, type TestFault, type TestStage } from "./stage-report.ts";

/** A report whose news are written as `stage state`. */
function createNotedReport(idle: readonly TestStage[]) {
  const notes: string[] = [];
  return { report: createStageReport(idle, ({ stage, state }) => notes.push(`${stage} ${state}`)), notes };
}

const fault: TestFault = { kind: "refused", message: "nobody listens", parameters: {} };

describe("createStageReport()", () => {
  it("tells every stage once, the next one beginning where one of connecting ends", () => {
    const { report, notes } = createNotedReport([]);
    report.begin("policy");
    for (const stage of ["policy", "resolve", "connect", "tls", "http"] as const) {
      report.connected(stage, "found");
    }
    expect(notes).toEqual([
      "policy running",
      "policy passed",
      "resolve running",
      "resolve passed",
      "connect running",
      "connect passed",
      "tls running",
      "tls passed",
      "http running",
      "http passed",
      "protocols running",
    ]);
  });

  it("skips what has nothing to do, so that the next one gets the fault", () => {
    const { report, notes } = createNotedReport(["tls"]);
    report.connected("connect", "127.0.0.1:1");
    report.fail(fault);
    expect(notes).toEqual([
      "policy skipped",
      "resolve skipped",
      "connect running",
      "connect passed",
      "tls skipped",
      "http running",
      "http failed",
    ]);
  });

  it("tells nothing of a second dialling", () => {
    const { report, notes } = createNotedReport(["tls"]);
    report.connected("connect", "127.0.0.1:1");
    const before = notes.length;
    report.connected("policy", "");
    report.connected("connect", "127.0.0.1:1");
    expect(notes).toHaveLength(before);
  });

  it("gives the fault to the stage that is named, and skips the one that ran", () => {
    const { report, notes } = createNotedReport([]);
    report.connected("policy", "");
    report.fail(fault, "connect");
    expect(notes.slice(-3)).toEqual(["resolve skipped", "connect running", "connect failed"]);
  });

  it("tells no fault where nothing runs", () => {
    const { report, notes } = createNotedReport([]);
    report.begin("policy");
    report.fail(fault);
    report.fail(fault);
    expect(notes).toEqual(["policy running", "policy failed"]);
  });
});
