/**
 * Creates a steady beat that starts now: the answer tells how many milliseconds remain until the next beat.
 * What the work between two beats costs is taken off the wait, so the beat doesn't drift. Beats that went by unheard
 * are skipped, not made up for: a slow reader gets no burst.
 *
 * @param periodMs milliseconds between two beats, more than 0
 * @param now a clock in milliseconds that never goes back
 */
export function createBeat(periodMs: number, now: () => number): () => number {
  const start = now();
  return () => periodMs - ((now() - start) % periodMs);
}
