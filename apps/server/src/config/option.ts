import type { ValueKind } from "./value-kinds.ts";

/** One option of the command line and the environment. */
export interface Option<T> {
  /** What stands for its value in `--help`. */
  readonly argument: string;
  /** What it does, in one or two lines. */
  readonly help: string;
  /** The default as it would be typed; undefined where there is none. */
  readonly fallback: string | undefined;
  /** Whether it may be given many times; in the environment its values stand between commas. */
  readonly repeatable: boolean;
  /** Reads the texts given, none where it was not given; `source` is the flag or variable that a fault names. */
  readonly read: (texts: readonly string[], source: string) => ReadValue<T>;
}

/** A value, or what is wrong with what was given. */
export type ReadValue<T> = { readonly value: T } | { readonly fault: string };

interface Description {
  readonly argument: string;
  readonly help: string;
}

/** An option that always has a value: `fallback` where it was not given. */
export function required<T>(kind: ValueKind<T>, fallback: string, description: Description): Option<T> {
  return {
    ...description,
    fallback,
    repeatable: false,
    read: (texts, source) => readOne(kind, texts[0] ?? fallback, source),
  };
}

/** An option that is undefined where it was not given. */
export function optional<T>(kind: ValueKind<T>, description: Description): Option<T | undefined> {
  return {
    ...description,
    fallback: undefined,
    repeatable: false,
    read: (texts, source) => (texts[0] === undefined ? { value: undefined } : readOne(kind, texts[0], source)),
  };
}

/** An option that may be given many times; an empty list where it was not given. */
export function repeated<T>(kind: ValueKind<T>, description: Description): Option<readonly T[]> {
  return {
    ...description,
    fallback: undefined,
    repeatable: true,
    read(texts, source) {
      const values: T[] = [];
      for (const text of texts) {
        const read = readOne(kind, text, source);
        if ("fault" in read) {
          return read;
        }
        values.push(read.value);
      }
      return { value: Object.freeze(values) };
    },
  };
}

function readOne<T>(kind: ValueKind<T>, text: string, source: string): ReadValue<T> {
  const value = kind.read(text);
  if (value !== undefined) {
    return { value };
  }
  const reason = kind.reason?.(text);
  const more = reason === undefined ? "" : ` (${reason})`;
  return { fault: `${source}: ${JSON.stringify(withoutUser(text))} is not ${kind.allowed}${more}` };
}

/** Leaves out what may be a user and a password, which a fault must not repeat. */
function withoutUser(text: string): string {
  return text.replace(/^([A-Za-z0-9._-]+=)?.*@/s, "$1…@");
}
