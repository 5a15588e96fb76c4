import type { ReactNode } from "react";
import { compactText, scalarToken } from "../json-text.ts";
import { parseMoment } from "../moment.ts";
import type { ViewValue } from "../view-node.ts";
import { DurationNote } from "./duration-note.tsx";
import { EnumNote } from "./enum-note.tsx";
import { MomentNote } from "./moment-note.tsx";

/** How values of one kind are shown in a line. */
interface ValueView<Value extends ViewValue> {
  /** Which colour its token has. */
  readonly tone: "string" | "number" | "atom";
  token(value: Value, options: TokenOptions): string;
  /** What is told of the value beside it when it is asked for; undefined where there is no more to tell. */
  note?(value: Value): ReactNode;
  /** A short note that the pointer shows. */
  hint?(value: Value): string | undefined;
}

/** How tokens are written. */
export interface TokenOptions {
  /** Strings and bytes are cut off after so many characters or bytes. */
  readonly longest: number;
  /** Whether enum values are written by number. */
  readonly showsNumbers: boolean;
}

type ValueViews = {
  readonly [Kind in ViewValue["kind"]]: ValueView<Extract<ViewValue, { kind: Kind }>>;
};

/** How each kind of value is shown. */
const valueViews: ValueViews = {
  string: { tone: "string", token: cutToken, note: ({ value }) => momentNote(value) },
  number: { tone: "number", token: ({ text }) => text },
  boolean: { tone: "atom", token: scalarToken },
  null: { tone: "atom", token: scalarToken },
  enum: {
    tone: "atom",
    token: (value, { showsNumbers }) => (showsNumbers ? String(value.number) : scalarToken(value)),
    note: (value) => <EnumNote value={value} />,
    hint: ({ name, number }) => (name === undefined ? undefined : `${name} = ${number}`),
  },
  bytes: { tone: "string", token: cutToken },
  timestamp: { tone: "string", token: scalarToken, note: ({ text }) => momentNote(text) },
  duration: { tone: "string", token: scalarToken, note: ({ text }) => <DurationNote text={text} /> },
};

/** The view of a value, with the value given to each of its functions. */
export function viewOfValue(value: ViewValue, options: TokenOptions) {
  // Each kind's view takes the values of that very kind, which a look-up by kind can't tell the compiler.
  const view = valueViews[value.kind] as ValueView<ViewValue>;
  return {
    tone: view.tone,
    token: view.token(value, options),
    hint: view.hint?.(value),
    note: () => view.note?.(value),
  };
}

function cutToken(value: ViewValue, { longest }: TokenOptions): string {
  return compactText(value, longest);
}

/** Longer texts name no moment. */
const longestMoment = 40;

function momentNote(text: string): ReactNode {
  return text.length < longestMoment && parseMoment(text) !== undefined ? <MomentNote text={text} /> : undefined;
}
