/** Counts what holds one of the connections that a browser has for a host. */
export interface HttpSlots {
  /** Takes a slot for a stream, and answers what gives it back; undefined where the stream must go another way. */
  take(): (() => void) | undefined;
}

/** What the slots rest on. */
export interface HttpSlotsOptions {
  /**
   * The most streams by fetch at a time. Default 4: of the six HTTP/1.1 connections that a browser has for a host, two are
   * left for all other calls.
   */
  readonly max?: number;
  /** Whether one connection carries all of the page's requests, as HTTP/2 does; then there is no limit. */
  readonly isMultiplexed: () => boolean;
}

/** Creates free slots. */
export function createHttpSlots({ max = 4, isMultiplexed }: HttpSlotsOptions): HttpSlots {
  let held = 0;
  return {
    take() {
      if (held >= max && !isMultiplexed()) {
        return undefined;
      }
      let isHeld = true;
      held++;
      return () => {
        held -= isHeld ? 1 : 0;
        isHeld = false;
      };
    },
  };
}
