import type { Case, Measurement } from "./case.ts";
import type { LeftOut, Series } from "./results.ts";
import { type StartOptions, startSubject } from "./subject.ts";

/** How cases are run. */
export interface RunOptions extends StartOptions {
  /** How many times each subject has its turn, at least 1. */
  readonly rounds: number;
  /** Is told what comes next. */
  readonly onProgress: (text: string) => void;
}

/**
 * Runs cases one after the other, and the subjects of each in turn, round after round, so that what disturbs the machine
 * disturbs all of them. No two servers run at the same time. A case that fails loses what it has measured.
 */
export async function runCases(
  cases: readonly Case[],
  options: RunOptions,
): Promise<{ readonly series: readonly Series[]; readonly failed: readonly LeftOut[] }> {
  const series: Series[] = [];
  const failed: LeftOut[] = [];
  for (const one of cases) {
    try {
      series.push(...(await runCase(one, options)));
    } catch (error) {
      options.signal.throwIfAborted();
      failed.push({ what: one.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { series, failed };
}

async function runCase(one: Case, { rounds, onProgress, ...start }: RunOptions): Promise<readonly Series[]> {
  const found = new Map<string, Series & { readonly rounds: number[] }>();
  const count = Math.min(rounds, one.maxRounds ?? rounds);
  for (let round = 1; round <= count; round++) {
    for (const subject of one.subjects) {
      onProgress(`${one.name}, round ${round} of ${count}: ${subject.name}`);
      for (const { what, unit, value } of await takeTurn(one, subject, start)) {
        const key = `${what}\n${subject.name}`;
        const series = found.get(key) ?? { case: one.name, what, unit, subject: subject.name, rounds: [] };
        series.rounds.push(value);
        found.set(key, series);
      }
    }
  }
  return [...Map.groupBy(found.values(), ({ what }) => what).values()].flat();
}

async function takeTurn(
  one: Case,
  subject: Case["subjects"][number],
  start: StartOptions,
): Promise<readonly Measurement[]> {
  try {
    await using server = await startSubject(subject, start);
    return await one.measure(server);
  } catch (error) {
    throw new Error(`${subject.name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
