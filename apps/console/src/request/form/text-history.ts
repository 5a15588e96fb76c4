import type { TextEdit } from "../document/json-document.ts";
import { findChange } from "../document/text-change.ts";

/** The changes of a text, to be undone and done again. */
export interface TextHistory {
  /** Notes a text that has taken the place of the one before; changes of one moment count as one. */
  note(text: string, atMs: number): void;
  /** Ends what counts as one moment: the next change is undone by itself. */
  pause(): void;
  /** The text before the last change; undefined where there is none. */
  undo(): string | undefined;
  /** The text after the change that was undone last; undefined where there is none. */
  redo(): string | undefined;
}

/** The most changes that can be undone. */
const maxChanges = 200;

/** The most characters that changes hold together, in UTF-16 units. */
const maxTextHeld = 4_000_000;

/** Changes that follow each other so quickly are undone together, in milliseconds. */
const burstMs = 500;

/** The most changes that are undone together. */
const maxBurst = 40;

interface Change {
  readonly undo: TextEdit;
  readonly redo: TextEdit;
}

/** Creates an empty history. The oldest changes are forgotten where there are many or long ones. */
export function createTextHistory(): TextHistory {
  let current: string | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let done: (readonly Change[])[] = [];
  let undone: (readonly Change[])[] = [];
  const step = (from: (readonly Change[])[], to: (readonly Change[])[], way: "undo" | "redo") => {
    const changes = from.pop();
    if (changes === undefined || current === undefined) {
      return undefined;
    }
    to.push(changes);
    lastMs = Number.NEGATIVE_INFINITY;
    current = (way === "undo" ? changes.toReversed() : changes).reduce(
      (text, change) => apply(text, change[way]),
      current,
    );
    return current;
  };
  return {
    note(text, atMs) {
      if (current !== undefined && text !== current) {
        const change = changeBetween(current, text);
        const isBurst = atMs - lastMs < burstMs && (done.at(-1)?.length ?? 0) < maxBurst;
        const burst = isBurst ? done.pop() : undefined;
        done = bounded([...done, [...(burst ?? []), change]]);
        undone = [];
        lastMs = atMs;
      }
      current = text;
    },
    pause() {
      lastMs = Number.NEGATIVE_INFINITY;
    },
    undo: () => step(done, undone, "undo"),
    redo: () => step(undone, done, "redo"),
  };
}

function apply(text: string, { from, to, insert }: TextEdit): string {
  return text.slice(0, from) + insert + text.slice(to);
}

function changeBetween(before: string, after: string): Change {
  const { from, oldTo, newTo } = findChange(before, after);
  return {
    undo: { from, to: newTo, insert: before.slice(from, oldTo) },
    redo: { from, to: oldTo, insert: after.slice(from, newTo) },
  };
}

function bounded(changes: (readonly Change[])[]): (readonly Change[])[] {
  let held = 0;
  let first = changes.length;
  while (first > 0 && changes.length - first < maxChanges) {
    held += (changes[first - 1] ?? []).reduce(
      (sum, { undo, redo }) => sum + undo.insert.length + redo.insert.length,
      0,
    );
    if (held > maxTextHeld) {
      break;
    }
    first--;
  }
  return changes.slice(first);
}
