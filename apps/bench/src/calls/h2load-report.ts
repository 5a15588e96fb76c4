/** What h2load says of a run. */
export interface H2loadReport {
  /** Calls a second that ended in the time that was measured. */
  readonly rate: number;
  /** Calls that ended. */
  readonly done: number;
  /** Calls that ended with another status than 2xx, by a broken connection, or not in time. */
  readonly failed: number;
}

const finishedLine = /^finished in \S+, ([\d.]+) req\/s/m;
const requestsLine = /^requests: .* (\d+) done, \d+ succeeded, (\d+) failed,/m;

/** Reads the report off what h2load wrote to standard output. Throws where there is none. */
export function parseH2loadReport(output: string): H2loadReport {
  const [, rate] = finishedLine.exec(output) ?? [];
  const [, done, failed] = requestsLine.exec(output) ?? [];
  if (rate === undefined || done === undefined) {
    throw new Error(`h2load wrote no report:\n${output}`);
  }
  // Calls that h2load counts as errored or timed out it counts as failed too.
  return { rate: Number(rate), done: Number(done), failed: Number(failed) };
}
