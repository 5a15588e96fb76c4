import { expect } from "vitest";
import type { ServerMeasure } from "../server-process.ts";

/**
 * How much the heap may grow, in bytes. It grows by some 400 KiB however many calls there are, by what V8 still compiles
 * and by the log's counts; 106 bytes forgotten by each of 20,000 calls are more than this.
 */
const mostGrowth = 2 * 1024 * 1024;

/** What was measured at rest, and what came in between. */
export interface LeakMeasures {
  readonly before: ServerMeasure;
  readonly after: ServerMeasure;
  /** How many calls were made; a few that were given up early never became one. */
  readonly calls: number;
  readonly stderr: string;
}

/** Expects a server to hold after many calls what it held before them, and to have logged the calls. */
export function expectNothingLeft({ before, after, calls, stderr }: LeakMeasures): void {
  expect(after.faults).toEqual([]);
  expect(stderr).toBe("");
  expect(after.resources).toEqual(before.resources);
  expect(after.shutdownListeners).toBe(before.shutdownListeners);
  const logged = countCalls(after) - countCalls(before);
  expect(logged).toBeGreaterThan(calls * 0.9);
  expect(logged).toBeLessThanOrEqual(calls);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(mostGrowth);
  expect(after.external - before.external).toBeLessThan(mostGrowth);
}

function countCalls({ calls: byStatus }: ServerMeasure): number {
  return Object.values(byStatus).reduce((sum, count) => sum + count, 0);
}
