import type { PasteNote, PasteNoteKind } from "./paste-reading.ts";

/** Says something of a text that was understood. */
export function remark(kind: PasteNoteKind, values: PasteNote["values"] = {}): PasteNote {
  return { kind, values, isLoss: false };
}

/** Says that a part of a text was left out. */
export function loss(kind: PasteNoteKind, values: PasteNote["values"] = {}): PasteNote {
  return { kind, values, isLoss: true };
}
