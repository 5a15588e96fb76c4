import type { Http2Server, ServerHttp2Session } from "node:http2";

/** How often a connection with open calls is asked whether its client is still there, in milliseconds. */
const maxPingIntervalMs = 30_000;

/**
 * Ends HTTP/2 connections that say nothing: one without calls after `idleTimeout` milliseconds, with a GOAWAY; one with
 * calls when it doesn't answer a PING before the next is due.
 */
export function endSilentSessions(server: Http2Server, idleTimeout: number): void {
  server.on("session", (session) => watchSession(session, idleTimeout));
}

function watchSession(session: ServerHttp2Session, idleTimeout: number): void {
  let open = 0;
  let idle = setTimeout(end, idleTimeout);
  let answered = true;
  function end() {
    session.close();
    // A client that ignores the GOAWAY, or never sent its settings, is cut off.
    setImmediate(() => session.destroy());
  }
  const pings = setInterval(
    () => {
      if (open === 0) {
        return;
      }
      if (!answered) {
        session.destroy();
        return;
      }
      answered = !session.ping(() => {
        answered = true;
      });
    },
    Math.min(maxPingIntervalMs, idleTimeout),
  );
  session.on("stream", (stream) => {
    open++;
    clearTimeout(idle);
    stream.once("close", () => {
      open--;
      if (open === 0 && !session.closed) {
        idle = setTimeout(end, idleTimeout);
      }
    });
  });
  session.once("close", () => {
    clearTimeout(idle);
    clearInterval(pings);
  });
}
