/** What was measured in one place, in milliseconds. */
export interface Measured {
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Runs each subject in turn, round after round, so that what disturbs the machine disturbs all of them.
 *
 * @param rounds how often each subject runs, at least 1
 */
export async function measureInTurn(
  subjects: Readonly<Record<string, () => Promise<void>>>,
  rounds: number,
): Promise<Record<string, Measured>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const startedAt = performance.now();
      await subject();
      const list = times[name] ?? [];
      list.push(performance.now() - startedAt);
      times[name] = list;
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summarize(list)]));
}

/** Summarizes times in milliseconds, of which there is at least one. */
export function summarize(times: readonly number[]): Measured {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
