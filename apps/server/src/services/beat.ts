/**
 * Creates a steady beat that starts now: the answer tells how many milliseconds remain until the next beat.
 * What the work between two beats costs is taken off the wait, so the beat doesn't drift. Beats that went by unheard
 * are skipped, not made up for: a slow reader gets no burst. A wait that ends a little early brings no beat twice.
 *
 * @param periodMs milliseconds between two beats, more than 0
 * @param now a clock in milliseconds that never goes back
 */
export function createBeat(periodMs: number, now: () => number): () => number {
  const start = now();
  let last = 0;
  return () => {
    const elapsed = now() - start;
    last = Math.max(last, Math.floor(elapsed / periodMs)) + 1;
    return last * periodMs - elapsed;
  };
}
