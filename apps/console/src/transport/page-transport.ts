import type { Transport } from "@connectrpc/connect";
import type { OpenedTransport, OpenTransport, TransportRequest } from "../call/open-transport.ts";
import { type HttpProtocol, httpCarriage } from "./http-carriage.ts";
import type { HttpSlots } from "./http-slots.ts";
import { createHttpTransport } from "./http-transport.ts";
import type { ResourceTiming } from "./resource-timing.ts";
import { createTappedFetch } from "./tapped-fetch.ts";
import { createWebSocketTransport } from "./websocket/websocket-transport.ts";
import { withToken } from "./with-token.ts";

/** What the page's calls travel by. */
export interface PageTransportOptions {
  /** The address of the page's folder, with or without a slash at its end. */
  readonly baseUrl: string;
  /** What the server asks for with every call, where it asks for anything; read at each call. */
  readonly token: () => string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly webSocket: new (url: string, protocols: string[]) => WebSocket;
  readonly slots: HttpSlots;
  /** Runs a function in a later turn of the event loop, as soon as what waits there already has run. */
  readonly nextTurn: (callback: () => void) => void;
  /** Begins to watch for the browser's timing of a request; left out where there is none. */
  readonly watchTiming?: (url: string) => ResourceTiming;
  /** The name of the target that the calls go to. */
  readonly target: string;
}

/** The target of the server's own services, which stand in the page's folder too. */
const localTarget = "local";

/**
 * Creates what gives each call its transport. A server stream that finds no free connection, and every stream that the
 * page sends, goes over WebSocket.
 */
export function createOpenTransport(options: PageTransportOptions): OpenTransport {
  const pageUrl = options.baseUrl.replace(/\/*$/, "");
  const gatewayUrl = `${pageUrl}/gateway/${encodeURIComponent(options.target)}`;
  const baseUrl = options.target === localTarget ? pageUrl : gatewayUrl;

  function overWebSocket({ tap, registry, options: callOptions }: TransportRequest): OpenedTransport {
    const { webSocket, token, nextTurn } = options;
    const transport = createWebSocketTransport({
      baseUrl: gatewayUrl,
      webSocket,
      registry,
      tap,
      nextTurn,
      token: token(),
      options: callOptions,
    });
    return { protocol: "websocket", transport };
  }

  function overHttp(request: TransportRequest, protocol: HttpProtocol): OpenedTransport {
    const { method, tap, registry, options: callOptions } = request;
    const fetch = createTappedFetch({
      fetch: withToken(options.fetch, options.token),
      carriage: httpCarriage(protocol, method.methodKind),
      tap,
      options: callOptions,
      watchTiming: options.watchTiming,
    });
    const { json } = callOptions;
    return { protocol, transport: createHttpTransport({ baseUrl, protocol, fetch, registry, json }) };
  }

  return function openTransport(request) {
    const { method, protocol } = request;
    const canFetch = method.methodKind === "unary" || method.methodKind === "server_streaming";
    if (protocol === "websocket" || !canFetch) {
      return overWebSocket(request);
    }
    if (method.methodKind === "unary") {
      return overHttp(request, protocol);
    }
    const release = options.slots.take();
    if (release === undefined) {
      return overWebSocket(request);
    }
    const { transport } = overHttp(request, protocol);
    return { protocol, transport: releasing(transport, release) };
  };
}

/** Gives a slot back when the stream has ended, in whatever way. */
function releasing(transport: Transport, release: () => void): Transport {
  return {
    unary: transport.unary,
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      signal?.addEventListener("abort", release);
      const response = await transport
        .stream(method, signal, timeoutMs, header, input, contextValues)
        .catch((error: unknown) => {
          release();
          throw error;
        });
      async function* released() {
        try {
          yield* response.message;
        } finally {
          release();
        }
      }
      return { ...response, message: released() };
    },
  };
}
