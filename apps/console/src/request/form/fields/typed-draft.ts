/** What stands in a field while someone types in it: their own characters, and what was made of them. */
export interface TypedDraft {
  readonly typed: string;
  /**
   * The JSON texts for which `typed` is still what the field shows, the newest last: those that were sent, and the one from
   * before until the first of them has come back.
   */
  readonly texts: readonly string[];
}

/** The draft after `typed` was typed and sent as `json`, in a field whose value stood in JSON as `text`. */
export function nextDraft(draft: TypedDraft | undefined, typed: string, json: string, text: string): TypedDraft {
  return { typed, texts: [...(settledDraft(draft, text)?.texts ?? [text]), json] };
}

/**
 * The draft as it counts now that the value stands in JSON as `text`: undefined where someone else has changed it. The same
 * object where nothing changed.
 */
export function settledDraft(draft: TypedDraft | undefined, text: string): TypedDraft | undefined {
  const at = draft?.texts.lastIndexOf(text) ?? -1;
  if (draft === undefined || at < 0) {
    return undefined;
  }
  return at === 0 ? draft : { ...draft, texts: draft.texts.slice(at) };
}
