import { halfLoadName } from "./cases/half-load-case.ts";
import { streamName } from "./cases/stream-case.ts";
import { unaryNames } from "./cases/unary-cases.ts";
import { compareRounds, findSeries, type Series } from "./results.ts";
import { subjectNames } from "./subjects.ts";

/** How the product is to compare with a peer. */
export interface Target {
  readonly what: string;
  readonly peer: string;
  /** `ratio`: at least so many times the peer. `beyond`: at most so much more than the peer, in the unit of the values. */
  readonly bound: { readonly kind: "ratio" | "beyond"; readonly limit: number };
}

/** A target, and what became of it. */
export interface Judgement extends Target {
  /** The median, over the rounds, of the ratio or the difference; undefined where one of the two was not measured. */
  readonly value: number | undefined;
  readonly verdict: "met" | "not met" | "not measured";
}

/** What the call engine is to reach. */
export const targets: readonly Target[] = [
  { what: unaryNames.grpcSmall, peer: subjectNames.bareHttp2, bound: { kind: "ratio", limit: 0.8 } },
  { what: unaryNames.grpcSmall, peer: subjectNames.grpcJs, bound: { kind: "ratio", limit: 1.2 } },
  { what: unaryNames.grpcSmall, peer: subjectNames.stock, bound: { kind: "ratio", limit: 7 } },
  { what: unaryNames.grpcSmall, peer: subjectNames.pythonThreads, bound: { kind: "ratio", limit: 5 } },
  { what: unaryNames.json, peer: subjectNames.bareHttp1, bound: { kind: "ratio", limit: 0.7 } },
  { what: unaryNames.json, peer: subjectNames.stock, bound: { kind: "ratio", limit: 3 } },
  { what: streamName, peer: subjectNames.grpcJs, bound: { kind: "ratio", limit: 3 } },
  { what: streamName, peer: subjectNames.pythonThreads, bound: { kind: "ratio", limit: 12 } },
  { what: halfLoadName, peer: subjectNames.bareHttp2, bound: { kind: "beyond", limit: 1 } },
];

/** Judges a target by what was measured. */
export function judge(target: Target, series: readonly Series[]): Judgement {
  const ours = findSeries(series, target.what, subjectNames.switchboard);
  const theirs = findSeries(series, target.what, target.peer);
  if (ours === undefined || theirs === undefined) {
    return { ...target, value: undefined, verdict: "not measured" };
  }
  const { kind, limit } = target.bound;
  switch (kind) {
    case "ratio": {
      const value = compareRounds(ours, theirs, (our, their) => our / their);
      return { ...target, value, verdict: value >= limit ? "met" : "not met" };
    }
    case "beyond": {
      const value = compareRounds(ours, theirs, (our, their) => our - their);
      return { ...target, value, verdict: value <= limit ? "met" : "not met" };
    }
  }
}
