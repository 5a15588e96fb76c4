import type { Http2Session } from "node:http2";
import { peerOf } from "./peer.ts";

/** What the streams of one HTTP/2 connection share. */
export interface SessionWatch {
  /** The client's address and port. */
  readonly peer: string;
  /** To be called when a stream has been opened, and when it has closed. */
  opened(): void;
  closed(): void;
}

/** How often a connection with open calls is asked whether its client is still there, in milliseconds. */
const maxPingIntervalMs = 30_000;

/**
 * Watches a connection and ends it when it says nothing: without calls after `idleTimeout` milliseconds, with a GOAWAY;
 * with calls when it doesn't answer a PING before the next is due.
 */
export function watchSession(session: Http2Session, idleTimeout: number): SessionWatch {
  let open = 0;
  let idleSince = performance.now();
  let answered = true;
  function end() {
    session.close();
    // A client that ignores the GOAWAY, or never sent its settings, is cut off.
    setImmediate(() => session.destroy());
  }
  function ask() {
    if (!answered) {
      session.destroy();
      return;
    }
    answered = !session.ping(() => {
      answered = true;
    });
  }
  const pings = setInterval(() => open > 0 && ask(), Math.min(maxPingIntervalMs, idleTimeout));
  // One timer for the whole connection: calls come and go without touching it.
  let idle = setTimeout(checkIdle, idleTimeout);
  function checkIdle() {
    const idleMs = open > 0 ? 0 : performance.now() - idleSince;
    if (idleMs >= idleTimeout) {
      end();
    } else {
      idle = setTimeout(checkIdle, Math.ceil(idleTimeout - idleMs));
    }
  }
  session.once("close", () => {
    clearTimeout(idle);
    clearInterval(pings);
  });
  return {
    peer: session.socket === undefined ? "unknown:0" : peerOf(session.socket),
    opened() {
      open++;
    },
    closed() {
      open--;
      if (open === 0) {
        idleSince = performance.now();
      }
    },
  };
}
