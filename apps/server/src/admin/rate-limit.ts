import { Code, ConnectError } from "@connectrpc/connect";

/** Holds back who asks too often. */
export interface RateLimit {
  /** Counts one request. Throws a ConnectError with `RESOURCE_EXHAUSTED` where there were too many. */
  take(): void;
}

/** What `createRateLimit` needs. */
export interface RateLimitOptions {
  /** What is counted, in the plural, as the error names it. */
  readonly what: string;
  readonly perMinute: number;
  /** In milliseconds, as `performance.now()` has it. */
  readonly now: () => number;
}

const minuteMs = 60_000;

/** Creates a limit for all callers together: a minute's share at once, and then as many as time brings back. */
export function createRateLimit({ what, perMinute, now }: RateLimitOptions): RateLimit {
  let left = perMinute;
  let counted = now();
  return {
    take() {
      const time = now();
      left = Math.min(perMinute, left + ((time - counted) * perMinute) / minuteMs);
      counted = time;
      if (left < 1) {
        const message = `there were more than ${perMinute} ${what} in a minute; wait a little`;
        throw new ConnectError(message, Code.ResourceExhausted);
      }
      left--;
    },
  };
}
