import { halfLoadName } from "./cases/half-load-case.ts";
import { streamName } from "./cases/stream-case.ts";
import { unaryNames } from "./cases/unary-cases.ts";
import { compareRounds, findSeries, medianOf, type Series } from "./results.ts";
import { subjectNames } from "./subjects.ts";

/** What the product is to reach. */
export interface Target {
  readonly what: string;
  readonly bound: Bound;
}

/**
 * `ratio`: at least so many times the peer. `beyond`: at most so much more than the peer, in the unit of the values. `atLeast`
 * and `atMost`: by itself, in the unit of the values.
 */
export type Bound =
  | { readonly kind: "ratio" | "beyond"; readonly peer: string; readonly limit: number }
  | { readonly kind: "atLeast" | "atMost"; readonly limit: number };

/** A target, and what became of it. */
export interface Judgement extends Target {
  /** The median, over the rounds, of the ratio or the difference; undefined where one of the two was not measured. */
  readonly value: number | undefined;
  readonly verdict: "met" | "not met" | "not measured";
}

/** What the call engine is to reach. */
export const targets: readonly Target[] = [
  { what: unaryNames.grpcSmall, bound: { kind: "ratio", peer: subjectNames.bareHttp2, limit: 0.8 } },
  { what: unaryNames.grpcSmall, bound: { kind: "ratio", peer: subjectNames.grpcJs, limit: 1.2 } },
  { what: unaryNames.grpcSmall, bound: { kind: "ratio", peer: subjectNames.stock, limit: 7 } },
  { what: unaryNames.grpcSmall, bound: { kind: "ratio", peer: subjectNames.pythonThreads, limit: 5 } },
  { what: unaryNames.json, bound: { kind: "ratio", peer: subjectNames.bareHttp1, limit: 0.7 } },
  { what: unaryNames.json, bound: { kind: "ratio", peer: subjectNames.stock, limit: 3 } },
  { what: streamName, bound: { kind: "ratio", peer: subjectNames.grpcJs, limit: 3 } },
  { what: streamName, bound: { kind: "ratio", peer: subjectNames.pythonThreads, limit: 12 } },
  { what: halfLoadName, bound: { kind: "beyond", peer: subjectNames.bareHttp2, limit: 1 } },
];

/** Judges a target by what was measured. */
export function judge(target: Target, series: readonly Series[]): Judgement {
  const { bound } = target;
  const value = measuredValue(target, series);
  if (value === undefined) {
    return { ...target, value, verdict: "not measured" };
  }
  const wantsMore = bound.kind === "ratio" || bound.kind === "atLeast";
  const isMet = wantsMore ? value >= bound.limit : value <= bound.limit;
  return { ...target, value, verdict: isMet ? "met" : "not met" };
}

function measuredValue({ what, bound }: Target, series: readonly Series[]): number | undefined {
  const ours = findSeries(series, what, subjectNames.switchboard);
  switch (bound.kind) {
    case "atLeast":
    case "atMost":
      return ours && medianOf(ours.rounds);
    case "ratio":
    case "beyond": {
      const theirs = findSeries(series, what, bound.peer);
      const compare = bound.kind === "ratio" ? divide : subtract;
      return ours && theirs && compareRounds(ours, theirs, compare);
    }
  }
}

function divide(ours: number, theirs: number): number {
  return ours / theirs;
}

function subtract(ours: number, theirs: number): number {
  return ours - theirs;
}
