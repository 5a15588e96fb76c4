import type { Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import {
  type CommonTransportOptions,
  type UniversalClientFn,
  validateReadWriteMaxBytes,
} from "@connectrpc/connect/protocol";
import { createTransport } from "@connectrpc/connect/protocol-grpc-web";
import { websocketSubprotocol } from "@switchboard/wire/websocket-frame.ts";
import { type CallOptions, defaultCallOptions } from "../../call/call-options.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { grpcFields, setCompressionFields } from "../compression-fields.ts";
import { withGrpcDeadlines } from "../http-transport.ts";
import { performSocketCall } from "./socket-call.ts";

/** What a WebSocket transport works with. */
export interface WebSocketTransportOptions {
  /** The address, by http or https, that `/<Service>/<Method>` is put behind. */
  readonly baseUrl: string;
  readonly webSocket: new (url: string, protocols: string[]) => WebSocket;
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
  /** Is told what goes over the wire; of one call, where it tells calls apart. */
  readonly tap: WireTap;
  /** Runs a function in a later turn of the event loop, as soon as what waits there already has run. */
  readonly nextTurn: (callback: () => void) => void;
  /** Default: `defaultCallOptions`. */
  readonly options?: CallOptions;
  /** Sent with every call, as a header. */
  readonly token?: string | undefined;
}

/** Creates a transport for calls of all four kinds, each on a WebSocket of its own. */
export function createWebSocketTransport(options: WebSocketTransportOptions): Transport {
  return withGrpcDeadlines(createTransport(transportOptions(options)));
}

function transportOptions(options: WebSocketTransportOptions): CommonTransportOptions {
  return {
    baseUrl: options.baseUrl,
    httpClient: createSocketClient(options),
    useBinaryFormat: true,
    jsonOptions: { registry: options.registry },
    interceptors: [],
    acceptCompression: [],
    sendCompression: null,
    // The limits are the socket's to keep, which sees messages before and after their compression.
    ...validateReadWriteMaxBytes(undefined, undefined, undefined),
  };
}

function createSocketClient(transport: WebSocketTransportOptions): UniversalClientFn {
  const { webSocket: Socket, tap, token, nextTurn, options = defaultCallOptions } = transport;
  return function socketClient({ url, header, body = nothing(), signal = new AbortController().signal }) {
    // A browser tells its own with the handshake.
    header.delete("user-agent");
    if (token !== undefined) {
      header.set("x-switchboard-token", token);
    }
    setCompressionFields(header, grpcFields, options);
    const openSocket = () => new Socket(url.replace(/^http/, "ws"), [websocketSubprotocol]);
    return performSocketCall({ openSocket, header, body, signal, tap, nextTurn, options });
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
