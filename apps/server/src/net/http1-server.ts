import { createServer, type Server } from "node:http";
import type { HttpExchange } from "./http-exchange.ts";
import { createHttp1Exchange } from "./http1-exchange.ts";

/** The most header fields of a request that are looked at; one more is let through, so that it can be refused. */
export const maxHeaderFields = 128;

/** What `createHttp1Server` needs; times are in milliseconds. */
export interface Http1Options {
  readonly maxHeaderBytes: number;
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly idleTimeout: number;
  readonly onExchange: (exchange: HttpExchange) => void;
  /** Called when a response is over. Default: nothing. */
  readonly onResponseOver?: () => void;
}

/** The longest time between two looks at the timeouts, in milliseconds. */
const maxCheckInterval = 1_000;

/**
 * Creates an HTTP/1.1 server that never listens: sockets come to it by its `connection` event. Upgrades to anything but
 * WebSocket are answered as if they had not been asked for (RFC 9110, section 7.8).
 */
export function createHttp1Server(options: Http1Options): Server {
  const { maxHeaderBytes, headersTimeout, requestTimeout, idleTimeout, onExchange, onResponseOver } = options;
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: Math.min(headersTimeout, requestTimeout),
      requestTimeout,
      keepAliveTimeout: idleTimeout,
      connectionsCheckingInterval: Math.ceil(Math.min(maxCheckInterval, headersTimeout / 4, requestTimeout / 4)),
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
    (request, response) => onExchange(createHttp1Exchange(request, response, onResponseOver)),
  );
  server.maxHeadersCount = maxHeaderFields + 1;
  // Node starts the check of both timeouts at this event alone.
  server.emit("listening");
  return server;
}
