/** Races the waits of one call, one after the other, against the call's signal. */
export interface AbortRace extends Disposable {
  /**
   * Settles as `promise` does, or rejects with the signal's reason when the signal aborts first. One wait at a time.
   * The promise that lost goes unobserved, its rejection too.
   */
  run<T>(promise: Promise<T>): Promise<T>;
}

/**
 * Creates a race that listens to `signal` once, however many waits it runs, so that a call which lives for days costs
 * no more than a short one. (`Promise.race` against one long-lived promise would keep a reaction for every wait.)
 * Dispose it when the call is over.
 */
export function createAbortRace(signal: AbortSignal): AbortRace {
  let rejectCurrent: ((reason: unknown) => void) | undefined;
  const onAbort = () => rejectCurrent?.(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    run(promise) {
      return new Promise((resolve, reject) => {
        rejectCurrent = reject;
        promise.then(resolve, reject);
        if (signal.aborted) {
          reject(signal.reason);
        }
      });
    },
    [Symbol.dispose]() {
      signal.removeEventListener("abort", onAbort);
      rejectCurrent = undefined;
    },
  };
}
