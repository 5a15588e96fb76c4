import type { Wire } from "../gateway/gateway-target.ts";
import type { ConnectStage } from "../gateway/upstream/upstream-error.ts";
import type { UpstreamFaultKind } from "../gateway/upstream/upstream-fault.ts";

/** The stages of a test, in their order. */
export const testStages = ["policy", "resolve", "connect", "tls", "http", "protocols", "reflection"] as const;

/** One of `testStages`. */
export type TestStage = (typeof testStages)[number];

/** What is wrong, and what would mend it. */
export interface TestFault {
  /** For the page's own words; `no-reflection` where the server was reached and doesn't tell its schema. */
  readonly kind: UpstreamFaultKind | "no-reflection";
  readonly message: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** News of one stage. */
export type TestNews =
  | { readonly stage: TestStage; readonly state: "running" | "skipped" }
  | {
      readonly stage: TestStage;
      readonly state: "passed";
      readonly finding: string;
      readonly wires?: ReadonlySet<Wire> | undefined;
    }
  | { readonly stage: TestStage; readonly state: "failed"; readonly fault: TestFault };

/** Tells how far a test is, each stage once and in order. */
export interface StageReport {
  /** A stage begins; those before it that never began or never ended are skipped. */
  begin(stage: TestStage): void;
  /** A stage ended well, and began before where that was not told. Told twice, it counts once. */
  pass(stage: TestStage, finding: string, wires?: ReadonlySet<Wire>): void;
  /** A stage ended badly: the one that is named, or else the one that runs. */
  fail(fault: TestFault, stage?: TestStage): void;
  /** A stage of connecting ended well: the next one begins. */
  readonly connected: (stage: ConnectStage, finding: string) => void;
}

/**
 * Creates the report.
 *
 * @param skipped the stages of connecting that have nothing to do
 * @param tell called with each piece of news at once
 */
export function createStageReport(skipped: readonly TestStage[], tell: (news: TestNews) => void): StageReport {
  /** How many stages began or were skipped. */
  let begun = 0;
  let running: TestStage | undefined;

  function begin(stage: TestStage): void {
    const index = testStages.indexOf(stage);
    if (index >= begun) {
      const passedOver = [...(running === undefined ? [] : [running]), ...testStages.slice(begun, index)];
      for (const each of passedOver) {
        tell({ stage: each, state: "skipped" });
      }
      begun = index + 1;
      running = stage;
      tell({ stage, state: "running" });
    }
  }

  function pass(stage: TestStage, finding: string, wires?: ReadonlySet<Wire>): void {
    begin(stage);
    if (running === stage) {
      running = undefined;
      tell({ stage, state: "passed", finding, wires });
    }
  }

  return {
    begin,
    pass,
    fail(fault, stage) {
      if (stage !== undefined) {
        begin(stage);
      }
      if (running !== undefined) {
        tell({ stage: running, state: "failed", fault });
        running = undefined;
      }
    },
    connected(stage, finding) {
      pass(stage, finding);
      const next = testStages.find((each, index) => index > testStages.indexOf(stage) && !skipped.includes(each));
      if (next !== undefined) {
        begin(next);
      }
    },
  };
}
