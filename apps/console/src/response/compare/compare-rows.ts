import type { LineRun } from "./line-difference.ts";

/** One row of two texts side by side. */
export type CompareRow =
  /** `left` and `right` are positions of lines; undefined where that text has none. */
  | { readonly kind: "same" | "changed"; readonly left: number | undefined; readonly right: number | undefined }
  /** So many lines that both have, of the run at `run`. */
  | { readonly kind: "folded"; readonly run: number; readonly count: number };

/** So many unchanged lines stay in sight on either side of a change. */
const context = 3;

/** The rows of two texts. Of a long run of unchanged lines the middle is folded, but for the runs in `open`. */
export function compareRows(runs: readonly LineRun[], open: ReadonlySet<number>): readonly CompareRow[] {
  return runs.flatMap((run, at): readonly CompareRow[] => {
    const pairs = pairsOf(run);
    if (run.kind === "changed" || open.has(at)) {
      return pairs;
    }
    const head = at === 0 ? 0 : context;
    const tail = at === runs.length - 1 ? 0 : context;
    const count = pairs.length - head - tail;
    // One line folded would take as much room as the line itself.
    return count < 2
      ? pairs
      : [...pairs.slice(0, head), { kind: "folded", run: at, count }, ...pairs.slice(pairs.length - tail)];
  });
}

function pairsOf({ kind, left, right }: LineRun): readonly CompareRow[] {
  const length = Math.max(left[1] - left[0], right[1] - right[0]);
  return Array.from({ length }, (_, at) => ({
    kind,
    left: left[0] + at < left[1] ? left[0] + at : undefined,
    right: right[0] + at < right[1] ? right[0] + at : undefined,
  }));
}
