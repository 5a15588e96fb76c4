import type { Connected, SessionEvents } from "./connect-upstream.ts";
import type { UpstreamSession } from "./http2-session.ts";
import type { UpstreamCall } from "./upstream-call.ts";
import { faultOfConnecting } from "./upstream-error.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import { upstreamClosed } from "./upstream-faults.ts";
import type { UpstreamLimits } from "./upstream-limits.ts";
import { createWaitQueue } from "./wait-queue.ts";

/** A connection that turned out to be of HTTP/1.1. */
export type Http1Found = Extract<Connected, { kind: "http1" }>;

/** What `createSessionPool` needs. */
export interface SessionPoolOptions {
  readonly limits: UpstreamLimits;
  /** Opens a connection. Rejects with an `UpstreamError`. */
  connect(events: SessionEvents, signal: AbortSignal): Promise<Connected>;
  /** A connection turned out to be of HTTP/1.1, and these calls are no longer the pool's. */
  onHttp1(found: Http1Found, calls: readonly UpstreamCall[]): void;
  /** A session ends by a fault. */
  onLost(fault: UpstreamFault): void;
}

/** The sessions of HTTP/2 to one server, and the calls that wait for room on them. */
export interface SessionPool {
  /** Whether there is a session that takes calls. */
  readonly isConnected: boolean;
  /** What a session is told to that somebody else opens for the pool. */
  readonly events: SessionEvents;
  /** Starts a call, now or once there is room; opens another session where one is needed and allowed. */
  take(call: UpstreamCall): void;
  /** Forgets a call that waits. */
  forget(call: UpstreamCall): void;
  /** Closes every session once the calls are over that it has; those that wait get one still. */
  retire(): void;
  /** Ends all sessions with their calls, and the calls that wait. */
  close(): void;
}

/** Creates a pool without a session. */
export function createSessionPool({ limits, connect, onHttp1, onLost }: SessionPoolOptions): SessionPool {
  const queue = createWaitQueue(limits);
  const sessions = new Set<UpstreamSession>();
  /** Those that only end the calls they have. */
  const draining = new Set<UpstreamSession>();
  const abort = new AbortController();
  let connecting = 0;
  let isRetired = false;
  /** How many calls a session of this server carries, as far as is known. */
  let capacity = Number.POSITIVE_INFINITY;

  const events: SessionEvents = {
    onReady(session) {
      if (abort.signal.aborted) {
        session.destroy(upstreamClosed);
        return;
      }
      sessions.add(session);
      capacity = Math.max(1, session.capacity);
      fill(session);
      if (isRetired) {
        session.drain();
      }
    },
    onRoom: fill,
    onDraining(session, fault) {
      sessions.delete(session);
      draining.add(session);
      if (fault !== undefined) {
        onLost(fault);
      }
      grow();
    },
    onClose(session, fault) {
      const wasDraining = draining.delete(session);
      sessions.delete(session);
      if (fault !== undefined && !wasDraining) {
        onLost(fault);
      }
      grow();
    },
  };

  function fill(session: UpstreamSession): void {
    while (queue.size > 0 && session.hasRoom()) {
      const call = queue.take();
      if (call !== undefined) {
        session.start(call);
      }
    }
  }

  /** Opens sessions for the calls that wait, as far as those that are about to come have no room for them. */
  function grow(): void {
    let promised = connecting * capacity;
    for (const session of sessions) {
      promised += session.isVerifying ? session.capacity : 0;
    }
    // Without a session `capacity` is infinite, and that many times none is no number.
    for (promised ||= 0; queue.size > promised && hasPlace(); promised += capacity) {
      connecting++;
      void open();
    }
  }

  function hasPlace(): boolean {
    return sessions.size + connecting < limits.maxConnections && !abort.signal.aborted;
  }

  async function open(): Promise<void> {
    try {
      const connected = await connect(events, abort.signal);
      connecting--;
      if (connected.kind === "http1") {
        onHttp1(connected, takeAll());
      } else {
        grow();
      }
    } catch (error) {
      connecting--;
      // Where there are other sessions, the calls wait for those.
      if (sessions.size === 0 && connecting === 0) {
        failAll(faultOfConnecting(error));
      }
    }
  }

  function takeAll(): UpstreamCall[] {
    const calls: UpstreamCall[] = [];
    for (let call = queue.take(); call !== undefined; call = queue.take()) {
      calls.push(call);
    }
    return calls;
  }

  function failAll(fault: UpstreamFault): void {
    for (const call of takeAll()) {
      call.fail(fault);
    }
  }

  return {
    get isConnected() {
      return sessions.size > 0;
    },
    events,
    take(call) {
      for (const session of sessions) {
        if (session.hasRoom()) {
          session.start(call);
          return;
        }
      }
      queue.add(call);
      grow();
    },
    forget: queue.remove,
    retire() {
      isRetired = true;
      for (const session of [...sessions]) {
        session.drain();
      }
    },
    close() {
      abort.abort();
      failAll(upstreamClosed);
      for (const session of [...sessions, ...draining]) {
        session.destroy(upstreamClosed);
      }
    },
  };
}
