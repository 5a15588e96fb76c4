import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { HttpExchange } from "./http-exchange.ts";
import { maxHeaderFields } from "./http1-server.ts";
import { createHttp2Exchange } from "./http2-exchange.ts";
import { watchSession } from "./http2-session.ts";

/** What `createHttp2Server` needs. */
export interface Http2Options {
  readonly maxHeaderBytes: number;
  readonly maxStreams: number;
  /** How long a connection may be without calls, in milliseconds. */
  readonly idleTimeout: number;
  readonly onExchange: (exchange: HttpExchange) => void;
}

/** How many streams a client may reset at once, and how many more each second, before its connection is ended. */
const streamReset = { streamResetBurst: 1_000, streamResetRate: 100 } as const;

/** What a session may keep in memory, in MB as Node counts it. A stalled reader's messages of 4 MiB need some room. */
const maxSessionMemory = 64;

/**
 * Creates an HTTP/2 server that never listens: sockets come to it by its `connection` event, in plain text or with TLS
 * already taken off.
 */
export function createHttp2Server({ maxHeaderBytes, maxStreams, idleTimeout, onExchange }: Http2Options): Http2Server {
  const server = createServer({
    settings: { maxConcurrentStreams: maxStreams, maxHeaderListSize: maxHeaderBytes, enablePush: false },
    maxHeaderListPairs: maxHeaderFields,
    // Metadata of a name that HTTP would have once may be repeated by a server whose response is passed on.
    strictSingleValueFields: false,
    maxSessionMemory,
    ...streamReset,
  });
  server.on("session", (session) => {
    const watch = watchSession(session, idleTimeout);
    // A stream that was reset meanwhile no longer knows its session, so the session's own event is heard.
    session.on("stream", (opened, headers, _flags, rawHeaders) => {
      // On a server, every stream is a ServerHttp2Stream.
      const stream = opened as ServerHttp2Stream;
      onExchange(createHttp2Exchange({ stream, headers, rawHeaders, watch }));
    });
  });
  // An error of a session ends that session, and is the client's affair.
  server.on("sessionError", () => {});
  return server;
}
