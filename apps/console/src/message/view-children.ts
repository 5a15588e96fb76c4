import type { ViewChildren, ViewEntry } from "./view-node.ts";

/** Children that are made already. */
export function listOf(entries: readonly ViewEntry[]): ViewChildren {
  return { length: entries.length, at: (position) => entries[position] };
}

/** Calls `make` when first asked, and answers the same from then on. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The children one by one. */
export function* eachChild(children: ViewChildren): Generator<ViewEntry, void, undefined> {
  for (let position = 0; position < children.length; position++) {
    const entry = children.at(position);
    if (entry !== undefined) {
      yield entry;
    }
  }
}
