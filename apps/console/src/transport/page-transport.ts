import type { Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { OpenedTransport, OpenTransport, TransportRequest } from "../call/open-transport.ts";
import type { HttpSlots } from "./http-slots.ts";
import { createHttpTransport, type HttpProtocol } from "./http-transport.ts";
import { createTappedFetch } from "./tapped-fetch.ts";
import { createWebSocketTransport } from "./websocket/websocket-transport.ts";

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
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
}

/** Where the WebSocket reaches the server's own services, from the page's folder. */
const localGateway = "gateway/local";

/**
 * Creates what gives each call its transport. A server stream that finds no free connection, and every stream that the
 * page sends, goes over WebSocket.
 */
export function createOpenTransport(options: PageTransportOptions): OpenTransport {
  const baseUrl = options.baseUrl.replace(/\/*$/, "");

  function overWebSocket({ tap }: TransportRequest): OpenedTransport {
    const { webSocket, registry, token, nextTurn } = options;
    const transport = createWebSocketTransport({
      baseUrl: `${baseUrl}/${localGateway}`,
      webSocket,
      registry,
      tap,
      nextTurn,
      token: token(),
    });
    return { protocol: "websocket", transport };
  }

  function overHttp({ method, tap }: TransportRequest, protocol: HttpProtocol): OpenedTransport {
    const framing = method.methodKind === "unary" && protocol !== "grpc-web" ? "body" : "envelopes";
    const fetch = createTappedFetch({ fetch: withToken(options.fetch, options.token()), framing, tap });
    return { protocol, transport: createHttpTransport({ baseUrl, protocol, fetch, registry: options.registry }) };
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

function withToken(fetch: typeof globalThis.fetch, token: string | undefined): typeof globalThis.fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    if (token !== undefined) {
      headers.set("x-switchboard-token", token);
    }
    return fetch(input, { ...init, headers });
  };
}
