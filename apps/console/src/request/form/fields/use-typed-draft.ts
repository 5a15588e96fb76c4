import { useState } from "react";
import { nextDraft, settledDraft, type TypedDraft } from "./typed-draft.ts";

/** What a typed field shows, and what is done with what is typed. */
export interface TypedField {
  /** The characters in the field: one's own while one types, and otherwise what the value is shown as. */
  readonly shown: string;
  /** Whether these are one's own characters. */
  readonly isTyped: boolean;
  /** Takes characters from the field. */
  readonly type: (typed: string) => void;
  /** Ends the typing: the value is shown as it is. */
  readonly settle: () => void;
}

/** What `useTypedDraft` works on. */
export interface TypedSubject {
  /** What the field shows for the value as it stands. */
  readonly shown: string;
  /** The value's JSON text; empty where there is none. */
  readonly text: string;
  /** The JSON text of what was typed; undefined where the value is to be taken away. */
  readonly write: (typed: string) => string | undefined;
  readonly onChange: (json: string) => void;
  readonly onRemove: () => void;
}

/**
 * Keeps the characters that are being typed in a field apart from its value, so that `1_000` or `1.` isn't replaced by
 * another way of writing it under the typing hand. They are never all there is: each key changes the value too.
 */
export function useTypedDraft({ shown, text, write, onChange, onRemove }: TypedSubject): TypedField {
  const [stored, setStored] = useState<TypedDraft>();
  const draft = settledDraft(stored, text);
  if (draft !== stored) {
    setStored(draft);
  }
  return {
    shown: draft?.typed ?? shown,
    isTyped: draft !== undefined,
    type(typed) {
      const json = write(typed);
      setStored((before) => nextDraft(before, typed, json, text));
      if (json === undefined) {
        onRemove();
      } else {
        onChange(json);
      }
    },
    settle: () => setStored(undefined),
  };
}
