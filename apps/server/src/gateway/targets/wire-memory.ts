import type { Wire } from "../gateway-target.ts";

/** What is known of the protocols that a target speaks. */
export interface WireMemory {
  /** What was found; undefined where nobody has asked, or where the target was out of reach for so long. */
  known(): ReadonlySet<Wire> | undefined;
  /** Asks the target where nothing is known, once for all who ask at a time. Rejects as the asking does. */
  learn(): Promise<ReadonlySet<Wire>>;
  /** Notes what somebody else found. */
  learned(wires: ReadonlySet<Wire>): void;
}

/** What `createWireMemory` needs. */
export interface WireMemoryOptions {
  readonly ask: () => Promise<ReadonlySet<Wire>>;
  /** Whether there is a connection to the target. */
  readonly isConnected: () => boolean;
  /** In milliseconds, as `performance.now()` has it. */
  readonly now: () => number;
}

/** How long after the last sign of a connection the knowledge holds, in milliseconds: another server may be there then. */
export const wiresHoldMs = 60_000;

/** Creates the memory, with nothing in it. */
export function createWireMemory({ ask, isConnected, now }: WireMemoryOptions): WireMemory {
  let wires: ReadonlySet<Wire> | undefined;
  let lastSign = 0;
  let asking: Promise<ReadonlySet<Wire>> | undefined;

  function learned(found: ReadonlySet<Wire>): void {
    wires = found;
    lastSign = now();
  }

  function known(): ReadonlySet<Wire> | undefined {
    if (wires !== undefined) {
      if (isConnected()) {
        lastSign = now();
      } else if (now() - lastSign > wiresHoldMs) {
        wires = undefined;
      }
    }
    return wires;
  }

  async function askOnce(): Promise<ReadonlySet<Wire>> {
    try {
      const found = await ask();
      learned(found);
      return found;
    } finally {
      asking = undefined;
    }
  }

  return {
    known,
    learned,
    async learn() {
      const found = known();
      if (found !== undefined) {
        return found;
      }
      asking ??= askOnce();
      return await asking;
    },
  };
}
