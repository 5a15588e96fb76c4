import { type Measured, summarize } from "../measure.ts";
import type { PageFigure } from "./page-figure.ts";

/** Prints the figures as a table, each beside its limit and its peer. */
export function printFigures(figures: readonly PageFigure[]): void {
  console.table(
    figures.map(({ what, times, limitMs, held, peer }) => {
      const measured = summarize(times);
      const value = heldTime(measured, held);
      return {
        what,
        samples: times.length,
        "median ms": measured.median.toFixed(1),
        "p95 ms": measured.p95.toFixed(1),
        "worst ms": measured.max.toFixed(1),
        limit: limitMs === undefined ? "" : `${held} < ${limitMs}`,
        verdict: limitMs === undefined ? "" : value < limitMs ? "met" : "NOT met",
        peer: peer === undefined ? "" : `${peer.what}: ${summarize(peer.times).median.toFixed(1)}`,
        ratio: peer === undefined ? "" : (measured.median / summarize(peer.times).median).toFixed(2),
      };
    }),
  );
}

function heldTime(measured: Measured, held: PageFigure["held"]): number {
  return held === "worst" ? measured.max : measured[held];
}
