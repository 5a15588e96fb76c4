/** Numbers that look random and are the same for the same seed. Not for secrets. */
export interface RandomSource {
  /** Answers an integer from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** Answers one of the items, of which there is at least one. */
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Creates a source by the xorshift32 recurrence (G. Marsaglia, "Xorshift RNGs", 2003). */
export function createRandomSource(seed: number): RandomSource {
  let state = seed | 0 || 1;
  function integer(min: number, max: number): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return min + ((state >>> 0) % (max - min + 1));
  }
  return {
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
  };
}
