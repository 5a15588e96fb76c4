/** Hands what callbacks tell to one reader, in order. */
export interface NewsQueue<T> extends AsyncIterable<T> {
  push(news: T): void;
  /** Nothing follows; with an error, the reader gets it behind what was pushed. */
  end(error?: unknown): void;
}

/** Creates a queue without a bound, for news whose number is known to be small. */
export function createNewsQueue<T>(): NewsQueue<T> {
  const waiting: T[] = [];
  let over: { readonly error: unknown } | undefined;
  let wake = Promise.withResolvers<void>();
  return {
    push(news) {
      waiting.push(news);
      wake.resolve();
    },
    end(error) {
      over ??= { error };
      wake.resolve();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        yield* waiting.splice(0);
        if (over === undefined) {
          await wake.promise;
          wake = Promise.withResolvers();
        } else if (waiting.length === 0) {
          if (over.error !== undefined) {
            throw over.error;
          }
          return;
        }
      }
    },
  };
}
