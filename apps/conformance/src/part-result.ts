/** What came of a part of the suite. */
export interface PartResult {
  /** What the runner wrote: every failure, and the totals. */
  readonly output: string;
  readonly passed: number;
  /** Cases that failed, or that the runner could not run. */
  readonly failed: number;
  /** Whether every case ran and passed, and there were some. */
  readonly succeeded: boolean;
}

/**
 * Reads the totals off the runner's output, since its exit status alone says nothing of cases that it could not run.
 *
 * @param endedWell whether its exit status was 0
 */
export function readResult(output: string, endedWell: boolean): PartResult {
  const passed = count(output, /^(\d+) passed/m);
  const failed = count(output, /^\d+ passed, (\d+) failed/m) + count(output, /^Another (\d+) could not be run/m);
  return { output, passed, failed, succeeded: endedWell && passed > 0 && failed === 0 };
}

function count(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}
