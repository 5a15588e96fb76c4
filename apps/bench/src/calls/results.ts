import type { Unit } from "./case.ts";

/** What one subject was measured to do, round by round. */
export interface Series {
  readonly case: string;
  readonly what: string;
  readonly unit: Unit;
  readonly subject: string;
  readonly rounds: readonly number[];
}

/** A case that could not be measured, or not by all subjects. */
export interface LeftOut {
  readonly what: string;
  readonly reason: string;
}

/** Everything that came of a run. */
export interface Results {
  readonly series: readonly Series[];
  readonly leftOut: readonly LeftOut[];
  /** Cases that broke off: a subject answered wrong, or a call failed. */
  readonly failed: readonly LeftOut[];
}

/** A series in short. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Answers the middle of at least one value, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Answers the median and the ends of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: medianOf(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Finds what a subject did of a work; undefined where that wasn't measured. */
export function findSeries(series: readonly Series[], what: string, subject: string): Series | undefined {
  return series.find((one) => one.what === what && one.subject === subject);
}

/** Compares two subjects within each round, where the machine was in the same mood, and answers the median. */
export function compareRounds(ours: Series, theirs: Series, compare: (ours: number, theirs: number) => number): number {
  return medianOf(theirs.rounds.map((value, round) => compare(ours.rounds[round] ?? Number.NaN, value)));
}
