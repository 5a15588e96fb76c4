import type { Server as Http1Server } from "node:http";
import type { Http2Server, ServerHttp2Session } from "node:http2";

/** Lets the connections of two servers run out. */
export interface ConnectionDrain {
  /** Ends idle connections now, and each other one when its last call has ended. */
  start(): void;
  /** To be called when a response over HTTP/1.1 is over. */
  responseOver(): void;
}

/** Creates the drain of servers that never listen, from before their first connection on. */
export function createConnectionDrain(http1: Http1Server, http2: Http2Server): ConnectionDrain {
  const sessions = new Set<ServerHttp2Session>();
  let draining = false;
  http2.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    if (draining) {
      session.close();
    }
  });
  return {
    responseOver() {
      if (draining) {
        setImmediate(() => http1.closeIdleConnections());
      }
    },
    start() {
      draining = true;
      http1.closeIdleConnections();
      for (const session of sessions) {
        session.close();
      }
    },
  };
}
