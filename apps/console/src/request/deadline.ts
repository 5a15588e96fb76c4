/** What a typed deadline means. */
export type Deadline =
  | { readonly kind: "none" }
  | { readonly kind: "set"; readonly ms: number }
  | { readonly kind: "refused"; readonly problem: DeadlineProblem };

/** Why a deadline is refused: a key of the language catalogues under `deadline.problem`. */
export type DeadlineProblem = "zero" | "negative" | "tooShort" | "tooLong" | "notADuration";

const msByUnit: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["min", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** A deadline must be shorter: a year of 365 days. */
const yearMs = 365 * 86_400_000;

const durationPattern = /^(?<sign>[+-]?)(?<figure>\d+(?:\.\d*)?|\.\d+)\s*(?<unit>[a-z]*)$/;

/**
 * Reads a deadline such as `30 s`, `500ms`, `1.5 m`, `2 h` or `1 d`; a figure alone counts seconds; blank is none. The
 * least is a millisecond, and a year is too long.
 */
export function parseDeadline(text: string): Deadline {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "") {
    return { kind: "none" };
  }
  const parts = durationPattern.exec(trimmed)?.groups;
  const unitMs = msByUnit.get(parts?.unit || "s");
  if (parts === undefined || unitMs === undefined) {
    return { kind: "refused", problem: "notADuration" };
  }
  const ms = Number(parts.figure) * unitMs;
  if (ms === 0) {
    return { kind: "refused", problem: "zero" };
  }
  if (parts.sign === "-") {
    return { kind: "refused", problem: "negative" };
  }
  if (ms < 1) {
    return { kind: "refused", problem: "tooShort" };
  }
  return ms < yearMs ? { kind: "set", ms: Math.round(ms) } : { kind: "refused", problem: "tooLong" };
}
