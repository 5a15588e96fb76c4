import { Code, ConnectError } from "@connectrpc/connect";

/** Lets so much happen at a time. */
export interface Slots {
  /**
   * Runs something once there is a slot for it. Rejects with a ConnectError of `RESOURCE_EXHAUSTED` where too much waits
   * already, and with the signal's reason where that aborts before it was its turn.
   */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** What `createSlots` needs. */
export interface SlotsOptions {
  /** What runs, in the plural, as the error names it. */
  readonly what: string;
  readonly maxRunning: number;
  readonly maxWaiting: number;
}

/** Creates slots that all are free. */
export function createSlots({ what, maxRunning, maxWaiting }: SlotsOptions): Slots {
  const waiting = new Set<() => void>();
  let running = 0;

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (running < maxRunning) {
      running++;
      return;
    }
    if (waiting.size >= maxWaiting) {
      const message = `${maxRunning + maxWaiting} ${what} are under way; wait for one to end`;
      throw new ConnectError(message, Code.ResourceExhausted);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      waiting.delete(resolve);
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    waiting.add(resolve);
    try {
      await promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /** Whoever leaves gives the slot to the one that has waited longest. */
  function leave(): void {
    const [next] = waiting;
    if (next === undefined) {
      running--;
    } else {
      waiting.delete(next);
      next();
    }
  }

  return {
    async run(task, signal) {
      await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
