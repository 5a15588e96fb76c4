/** What a sender may still send, in bytes. */
export interface SendCredit {
  /** Takes up to `wanted` bytes of credit at once and answers how many; 0 where none is left. */
  take(wanted: number): number;
  /** Adds credit that the peer gave. */
  add(bytes: number): void;
  /** Resolves when there is credit; rejects with the signal's reason when it aborts first. */
  available(signal: AbortSignal): Promise<void>;
}

/** Creates a sender's credit of `initial` bytes. One sender waits on it at a time. */
export function createSendCredit(initial: number): SendCredit {
  let left = initial;
  let wake: (() => void) | undefined;
  return {
    take(wanted) {
      const taken = Math.min(left, wanted);
      left -= taken;
      return taken;
    },
    add(bytes) {
      left += bytes;
      wake?.();
    },
    available(signal) {
      if (signal.aborted) {
        return Promise.reject(signal.reason);
      }
      if (left > 0) {
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const settle = (then: () => void) => {
          signal.removeEventListener("abort", abort);
          wake = undefined;
          then();
        };
        const abort = () => settle(() => reject(signal.reason));
        wake = () => settle(resolve);
        signal.addEventListener("abort", abort);
      });
    },
  };
}
