import type { RunningSubject, Subject } from "./subject.ts";

/** One thing that was measured once. */
export interface Measurement {
  /** What the tables call it; no two cases share one. */
  readonly what: string;
  readonly unit: Unit;
  readonly value: number;
}

/** What a value counts. Of the first two more is better, of the others less. */
export type Unit = "calls/s" | "messages/s" | "µs/call" | "ms" | "bytes/stream" | "MiB" | "MiB/s";

/** Work that some subjects do in turn, each in a process that was started for it. */
export interface Case {
  /** The word for it on the command line. */
  readonly name: string;
  /** What it does, in a line. */
  readonly title: string;
  /** In the order in which they take their turns; the first is the product. */
  readonly subjects: readonly Subject[];
  /** At most so many rounds, where more would tell no more. Default: as many as asked for. */
  readonly maxRounds?: number;
  /** Checks that the subject answers right, lets it warm up, and measures it. */
  measure(server: RunningSubject): Promise<readonly Measurement[]>;
}
