/** A value that was taken out of the text, and that comes back when its field is set again. */
export interface ParkedValue {
  /** Which field's value it is: the names and positions that lead to it, as JSON. */
  readonly place: string;
  /** The value's JSON text. */
  readonly text: string;
}

/** The most values that are kept for one draft. */
export const maxParkedValues = 100;

/** The most characters that are kept for one draft, in UTF-16 units. */
export const maxParkedText = 100_000;

/** The names and positions that lead from the text to a value. */
export type ParkedPath = readonly (string | number)[];

/** What is kept after one more value: the newest come last, and the oldest give way. */
export function parkValue(parked: readonly ParkedValue[], path: ParkedPath, text: string): readonly ParkedValue[] {
  const place = JSON.stringify(path);
  const all = [...parked.filter((value) => value.place !== place), { place, text }];
  let first = Math.max(0, all.length - maxParkedValues);
  let total = all.slice(first).reduce((sum, value) => sum + value.text.length, 0);
  while (total > maxParkedText) {
    total -= all[first]?.text.length ?? 0;
    first++;
  }
  return all.slice(first);
}

/** The text that is kept for a place; undefined for none. */
export function parkedText(parked: readonly ParkedValue[], path: ParkedPath): string | undefined {
  const place = JSON.stringify(path);
  return parked.find((value) => value.place === place)?.text;
}

/**
 * What is kept after the positions within a list have changed: `moved` says where an item that was at a position stands
 * now; undefined for one that is gone, with which goes what was kept for it.
 */
export function shiftParked(
  parked: readonly ParkedValue[],
  list: ParkedPath,
  moved: (position: number) => number | undefined,
): readonly ParkedValue[] {
  return parked.flatMap((value) => {
    const path = readPath(value.place);
    const position = path[list.length];
    if (typeof position !== "number" || !list.every((step, at) => step === path[at])) {
      return [value];
    }
    const now = moved(position);
    return now === undefined ? [] : [{ ...value, place: JSON.stringify(path.with(list.length, now)) }];
  });
}

/** Reads kept values back from storage; whatever is not one is left out. */
export function readParked(stored: unknown): readonly ParkedValue[] {
  if (!Array.isArray(stored)) {
    return [];
  }
  return stored.reduce<readonly ParkedValue[]>((parked, value: Partial<Record<keyof ParkedValue, unknown>> | null) => {
    const { place, text } = value ?? {};
    return typeof place === "string" && typeof text === "string" ? parkValue(parked, readPath(place), text) : parked;
  }, []);
}

function readPath(place: string): ParkedPath {
  try {
    const path: unknown = JSON.parse(place);
    return Array.isArray(path) ? path.map((step) => (typeof step === "number" ? step : String(step))) : [];
  } catch {
    return [];
  }
}
