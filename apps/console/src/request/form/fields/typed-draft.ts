/** What stands in a field while someone types in it: their own characters, and what was made of them. */
export interface TypedDraft {
  readonly typed: string;
  /**
   * The JSON texts for which `typed` is still what the field shows, the newest last: those that were sent, and the one from
   * before until the first of them has come back.
   */
  readonly texts: readonly string[];
  /** Whether the value was taken away last: whatever comes in its place, such as an item's zero, is what was sent. */
  readonly isRemoval: boolean;
}

/**
 * The draft after `typed` was typed and sent as `json`, in a field whose value stood in JSON as `text`; undefined `json`
 * takes the value away.
 */
export function nextDraft(
  draft: TypedDraft | undefined,
  typed: string,
  json: string | undefined,
  text: string,
): TypedDraft {
  const texts = settledDraft(draft, text)?.texts ?? [text];
  return { typed, texts: json === undefined ? texts : [...texts, json], isRemoval: json === undefined };
}

/**
 * The draft as it counts now that the value stands in JSON as `text`: undefined where someone else has changed it. The same
 * object where nothing changed.
 */
export function settledDraft(draft: TypedDraft | undefined, text: string): TypedDraft | undefined {
  if (draft === undefined) {
    return undefined;
  }
  const at = draft.texts.lastIndexOf(text);
  if (at < 0) {
    return draft.isRemoval ? { ...draft, texts: [text], isRemoval: false } : undefined;
  }
  return at === 0 ? draft : { ...draft, texts: draft.texts.slice(at) };
}
