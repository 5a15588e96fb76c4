/** What `observeBody` tells. */
export interface BodyObserver {
  /** Called with every piece that the reader took. */
  readonly onChunk: (chunk: Uint8Array) => void;
  /** Called once, when the body has ended or its reader has left; `complete` tells which. */
  readonly onEnd: (complete: boolean) => void;
}

/** Passes a response's body on, and tells of its pieces and its end. A body that is never read must be returned. */
export function observeBody(body: AsyncIterable<Uint8Array>, observer: BodyObserver): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => observedIterator(body[Symbol.asyncIterator](), observer) };
}

function observedIterator(source: AsyncIterator<Uint8Array>, observer: BodyObserver): AsyncIterator<Uint8Array> {
  let ended = false;
  const end = (complete: boolean) => {
    if (!ended) {
      ended = true;
      observer.onEnd(complete);
    }
  };
  return {
    async next() {
      try {
        const result = await source.next();
        if (result.done === true) {
          end(true);
        } else {
          observer.onChunk(result.value);
        }
        return result;
      } catch (error) {
        end(false);
        throw error;
      }
    },
    async return() {
      end(false);
      return (await source.return?.()) ?? { done: true, value: undefined };
    },
  };
}
