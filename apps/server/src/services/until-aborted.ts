import { createAbortRace } from "./abort-race.ts";

/**
 * Yields what `source` yields, until the signal aborts: then it throws the signal's reason at once, even while the
 * source is in the middle of a wait. Leaving the loop early tells the source to stop, and does not wait for it.
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  using race = createAbortRace(signal);
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await race.run(iterator.next());
      if (next.done === true) {
        // What ends because its call was aborted has not come to its end.
        signal.throwIfAborted();
        return;
      }
      yield next.value;
    }
  } finally {
    // A source that is still waiting would settle its return only after that wait.
    iterator.return?.().catch(() => undefined);
  }
}
