import type { NoteWeight, WireNote } from "./wire-node.ts";

const weights: readonly NoteWeight[] = ["remark", "doubtful", "refused"];

/** Notes that say what the row shows anyway: they get no mark. */
const unmarked: ReadonlySet<string> = new Set(["guessed"]);

/** The weight of the heaviest note that a row marks; undefined where there is none. */
export function heaviest(notes: readonly WireNote[]): NoteWeight | undefined {
  const marked = notes.filter(({ kind }) => !unmarked.has(kind)).map(({ weight }) => weights.indexOf(weight));
  return marked.length === 0 ? undefined : weights[Math.max(...marked)];
}
