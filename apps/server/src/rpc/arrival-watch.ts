import { createLinkedList, type Link } from "./linked-list.ts";

/** A call whose request is yet to arrive. */
export interface ArrivingCall {
  /** Ends the call, since its request took too long. */
  arriveLate(): void;
}

/** A call among those that are waited for. */
export type Arrival = Link<{ readonly call: ArrivingCall; readonly since: number }>;

/** Ends calls whose request takes too long to arrive. */
export interface ArrivalWatch {
  /** Watches a call that began at `since`, as `performance.now()` has it. */
  add(call: ArrivingCall, since: number): Arrival;
  /** The request is there, or nobody wants it any more. */
  remove(arrival: Arrival): void;
}

/** The longest time between two looks, in milliseconds. */
const maxIntervalMs = 1_000;

/**
 * Creates a watch that gives each call `limitMs` milliseconds, and up to a quarter more. One timer serves all calls, as
 * most requests arrive within a millisecond and a timer for each would cost more than the watch.
 */
export function createArrivalWatch(limitMs: number): ArrivalWatch {
  const waiting = createLinkedList<Arrival["value"]>();
  let timer: NodeJS.Timeout | undefined;
  function look(): void {
    const now = performance.now();
    for (let link = waiting.first; link !== undefined && now - link.value.since >= limitMs; link = waiting.first) {
      waiting.remove(link);
      link.value.call.arriveLate();
    }
    if (waiting.first === undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  }
  return {
    add(call, since) {
      timer ??= setInterval(look, Math.ceil(Math.min(maxIntervalMs, limitMs / 4)));
      return waiting.add({ call, since });
    },
    remove: waiting.remove,
  };
}
