import { Code, ConnectError } from "@connectrpc/connect";
import type { Call, CallPhase, CallStart, CallState, CallTiming } from "./call.ts";
import { type CallRun, type RunObserver, startRun } from "./call-run.ts";
import { createEventLog, type EventLogLimits, type WritableEventLog } from "./event-log.ts";
import { idleState } from "./idle-state.ts";
import type { OpenTransport } from "./open-transport.ts";
import type { Turns } from "./turns.ts";

/** What a call works with. */
export interface CallCollaborators {
  readonly openTransport: OpenTransport;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  /** Runs a function soon, and once: `requestAnimationFrame` in the page. */
  readonly schedule: (callback: () => void) => void;
  /** Kept short while messages pour in or out; shared with all other calls. */
  readonly turns: Turns;
  /** How much of each run is kept. */
  readonly limits?: EventLogLimits;
}

type Draft = { -readonly [Key in keyof CallState]: CallState[Key] };

/** Creates a call that has not run yet. */
export function createCall(collaborators: CallCollaborators): Call {
  const { openTransport, now, schedule, turns, limits } = collaborators;
  const listeners = new Set<() => void>();
  let draft: Draft = idleState();
  let state: CallState = { ...draft };
  let run: CallRun | undefined;
  let scheduled = false;

  function publish(): void {
    state = { ...draft, queued: run?.queued ?? 0, halfClosed: run?.halfClosed ?? draft.halfClosed };
    for (const listener of listeners) {
      listener();
    }
  }

  function publishSoon(): void {
    if (!scheduled) {
      scheduled = true;
      schedule(() => {
        scheduled = false;
        publish();
      });
    }
  }

  function begin(start: CallStart): void {
    const log = createEventLog(limits);
    const runId = draft.runId + 1;
    const { method, registry } = start;
    draft = { ...idleState(), runId, log, method, registry, startedAt: now(), phase: { kind: "opening" } };
    draft.requestedProtocol = start.protocol;
    draft.protocol = start.protocol;
    const observer = createObserver({ draft, log, now, publish, publishSoon });
    run = undefined;
    publish();
    // A listener may have started another run meanwhile.
    if (draft.runId === runId) {
      run = startRun(start, {
        openTransport,
        turns,
        observer: onlyWhile(() => draft.runId === runId, observer),
      });
    }
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(start) {
      run?.cancel();
      begin(start);
    },
    restore(earlier) {
      if (draft.runId === 0) {
        draft = { ...earlier, runId: 1 };
        publish();
      }
    },
    send(messages) {
      if (run === undefined || draft.phase.kind === "closed") {
        return Promise.reject(new ConnectError("there is no open call to send on", Code.FailedPrecondition));
      }
      const sent = run.send(messages);
      publishSoon();
      return sent;
    },
    halfClose: () => run?.halfClose(),
    cancel: () => run?.cancel(),
  };
}

interface ObserverContext {
  readonly draft: Draft;
  readonly log: WritableEventLog;
  readonly now: () => number;
  readonly publish: () => void;
  readonly publishSoon: () => void;
}

function createObserver({ draft, log, now, publish, publishSoon }: ObserverContext): RunObserver {
  const elapsed = () => now() - (draft.startedAt ?? 0);

  /** The moments that `CallState` has twice are noted once. */
  function note(moments: Partial<CallTiming>): void {
    const timing = { ...draft.timing, ...moments };
    const { headersMs, firstMessageMs, endedMs } = timing;
    Object.assign(draft, { timing, headersMs, firstMessageMs, endedMs });
  }

  function enter(phase: CallPhase): void {
    draft.phase = phase;
    publish();
  }

  function open(): void {
    if (draft.phase.kind === "opening") {
      enter({ kind: "open" });
    }
  }

  return {
    onProtocol(protocol) {
      draft.protocol = protocol;
      publishSoon();
    },
    onSent() {
      note({ sentMs: draft.timing.sentMs ?? elapsed() });
      publishSoon();
    },
    onConnected(at = now()) {
      const { sentMs = 0, headersMs = Number.POSITIVE_INFINITY } = draft.timing;
      // The browser's clock for connections is coarser than the page's.
      note({ acceptedMs: Math.min(Math.max(at - (draft.startedAt ?? 0), sentMs), headersMs) });
      publishSoon();
    },
    onOpen: open,
    onHeaders(fields, folded) {
      draft.headers = fields;
      draft.foldedFields = folded;
      note({ headersMs: draft.timing.headersMs ?? elapsed() });
      open();
      publishSoon();
    },
    onTrailers(fields) {
      draft.trailers = fields;
      publishSoon();
    },
    onMessage(direction, message, wire) {
      const atMs = elapsed();
      const wireBytes = wire?.carriedBytes ?? 0;
      const count = { messages: draft[direction].messages + 1, bytes: draft[direction].bytes + wireBytes };
      draft[direction] = count;
      log.append({ direction, ordinal: count.messages, atMs, message, wireBytes, wire });
      if (direction === "received") {
        if (draft.firstMessageMs === undefined) {
          note({ firstMessageMs: atMs });
        }
        draft.timing = { ...draft.timing, lastMessageMs: atMs };
        open();
      }
      publishSoon();
    },
    onSending: publishSoon,
    onEnd(status, undecoded) {
      note({ endedMs: elapsed() });
      draft.undecoded = undecoded;
      enter({ kind: "closed", status });
    },
  };
}

/** Lets an observer hear only of the newest run. */
function onlyWhile(isNewest: () => boolean, observer: RunObserver): RunObserver {
  const guard =
    <Args extends unknown[]>(tell: (...args: Args) => void) =>
    (...args: Args) => {
      if (isNewest()) {
        tell(...args);
      }
    };
  return {
    onProtocol: guard(observer.onProtocol),
    onSent: guard(observer.onSent),
    onConnected: guard(observer.onConnected),
    onOpen: guard(observer.onOpen),
    onHeaders: guard(observer.onHeaders),
    onTrailers: guard(observer.onTrailers),
    onMessage: guard(observer.onMessage),
    onSending: guard(observer.onSending),
    onEnd: guard(observer.onEnd),
  };
}
