/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0 and below `limit`. */
  below(limit: number): number;
  /** One of these, each as likely as another. */
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** Creates such numbers by mulberry32, a generator with 32 bits of state. */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: ([first, ...others]) => others[below(others.length + 1) - 1] ?? first };
}
