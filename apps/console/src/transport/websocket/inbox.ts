/** Chunks that came in and wait for their reader. Its bound is the credit that the peer was given. */
export interface Inbox extends AsyncIterable<Uint8Array> {
  push(chunk: Uint8Array): void;
  /** Ends the chunks after those that wait. */
  end(): void;
  /** Ends them at once: those that wait are dropped, and the reader gets the reason. */
  fail(reason: unknown): void;
}

/**
 * Creates an empty inbox for one reader.
 *
 * @param onTake is told each chunk's length when the reader takes it
 */
export function createInbox(onTake: (bytes: number) => void): Inbox {
  let waiting: Uint8Array[] = [];
  let at = 0;
  let state: { kind: "open" } | { kind: "ended" } | { kind: "failed"; reason: unknown } = { kind: "open" };
  let wake: (() => void) | undefined;

  function take(): Uint8Array | undefined {
    const chunk = waiting[at];
    if (chunk === undefined) {
      waiting = [];
      at = 0;
      return undefined;
    }
    at++;
    onTake(chunk.byteLength);
    return chunk;
  }

  async function next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      if (state.kind === "failed") {
        throw state.reason;
      }
      const chunk = take();
      if (chunk !== undefined) {
        return { done: false, value: chunk };
      }
      if (state.kind === "ended") {
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function settle(to: typeof state): void {
    if (state.kind === "open") {
      state = to;
      wake?.();
    }
  }

  return {
    push(chunk) {
      waiting.push(chunk);
      wake?.();
    },
    end: () => settle({ kind: "ended" }),
    fail(reason) {
      waiting = [];
      at = 0;
      state = { kind: "failed", reason };
      wake?.();
    },
    // A pipeline wants to be able to throw; whoever reads no more has cancelled the call by then.
    [Symbol.asyncIterator]: () => ({ next, throw: (reason) => Promise.reject(reason) }),
  };
}
