import type { CallState, CallTiming, DirectionCount } from "./call.ts";
import { createEventLog } from "./event-log.ts";

const unknownTiming: CallTiming = {
  sentMs: undefined,
  acceptedMs: undefined,
  headersMs: undefined,
  firstMessageMs: undefined,
  lastMessageMs: undefined,
  endedMs: undefined,
};

const nothing: DirectionCount = { messages: 0, bytes: 0 };

/** The state of a call before its first run. */
export function idleState(): CallState {
  return {
    runId: 0,
    phase: { kind: "idle" },
    method: undefined,
    registry: undefined,
    protocol: undefined,
    requestedProtocol: undefined,
    startedAt: undefined,
    timing: unknownTiming,
    headersMs: undefined,
    firstMessageMs: undefined,
    endedMs: undefined,
    sent: nothing,
    received: nothing,
    queued: 0,
    halfClosed: false,
    headers: undefined,
    trailers: undefined,
    foldedFields: false,
    undecoded: undefined,
    restored: undefined,
    log: createEventLog({ maxEvents: 1 }),
  };
}
