import type { Draft, MetadataRow } from "../draft.ts";
import type { PasteReading } from "./paste-reading.ts";

/** The most rows of metadata that a draft has. */
const maxRows = 64;

/**
 * What a reading changes of a draft; parts that the reading does not tell of are left out. Its metadata takes the place
 * of rows with the same names, and comes behind the others.
 */
export function pasteChange(reading: PasteReading, draft: Draft, createId: () => string): Partial<Draft> {
  const { text, metadata, deadline, protocol } = reading;
  return {
    ...(text === undefined ? {} : { text }),
    ...(metadata === undefined ? {} : { metadata: mergeRows(draft.metadata, metadata, createId) }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function mergeRows(
  rows: readonly MetadataRow[],
  pasted: NonNullable<PasteReading["metadata"]>,
  createId: () => string,
): readonly MetadataRow[] {
  const names = new Set(pasted.map(([name]) => name));
  const kept = rows.filter(({ name }) => name !== "" && !names.has(name.toLowerCase()));
  const added = pasted.map(([name, value]) => ({ id: createId(), name, value, isEnabled: true }));
  return [...kept, ...added].slice(0, maxRows);
}

/** The parts of `draft` that `change` would change: what brings them back. */
export function partsOf(draft: Draft, change: Partial<Draft>): Partial<Draft> {
  const { text, metadata, deadline, protocol } = draft;
  return {
    ...("text" in change ? { text } : {}),
    ...("metadata" in change ? { metadata } : {}),
    ...("deadline" in change ? { deadline } : {}),
    ...("protocol" in change ? { protocol } : {}),
  };
}
