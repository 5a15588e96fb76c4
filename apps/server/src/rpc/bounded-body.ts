/** What `boundBody` watches. */
export interface BodyBounds {
  /** Ends the waiting for more of the body, with its reason. */
  readonly signal: AbortSignal;
  /** Called with the length of every piece, in bytes. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Passes a request's body on, counting its bytes. A wait for more of it ends when the signal aborts, so that a call whose
 * client says nothing doesn't stay parked until the connection is gone.
 */
export function boundBody(body: AsyncIterable<Uint8Array>, bounds: BodyBounds): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => boundIterator(body[Symbol.asyncIterator](), bounds) };
}

function boundIterator(source: AsyncIterator<Uint8Array>, { signal, onBytes }: BodyBounds): AsyncIterator<Uint8Array> {
  let rejectWait: ((reason: unknown) => void) | undefined;
  const onAbort = () => rejectWait?.(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    next() {
      return new Promise((resolve, reject) => {
        rejectWait = reject;
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        source.next().then((result) => {
          if (result.done !== true) {
            onBytes(result.value.byteLength);
          }
          resolve(result);
        }, reject);
      });
    },
    return() {
      signal.removeEventListener("abort", onAbort);
      return source.return?.() ?? Promise.resolve({ done: true, value: undefined });
    },
  };
}
