import type { Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { silentTap } from "@switchboard/console/call/silent-tap.ts";
import { createWebSocketTransport } from "@switchboard/console/transport/websocket/websocket-transport.ts";

/** A way that calls take through Switchboard to a target. */
export interface HarbourTransport {
  readonly name: string;
  readonly transport: Transport;
  /** Whether the client can send a stream. */
  readonly sendsStreams: boolean;
}

/**
 * Creates a transport for every way to a target: gRPC-Web as a page's, the page's own by WebSocket, and native gRPC.
 *
 * @param url Switchboard's, with a slash at its end; it was started with `--proxy` of this target
 */
export function createHarbourTransports(url: string, target: string, registry: Registry): readonly HarbourTransport[] {
  const gateway = `${url}gateway/${target}`;
  const websocket = createWebSocketTransport({
    baseUrl: gateway,
    webSocket: WebSocket,
    registry,
    tap: silentTap,
    nextTurn: setImmediate,
  });
  return [
    { name: "gRPC-Web", transport: createGrpcWebTransport({ baseUrl: gateway }), sendsStreams: false },
    { name: "gRPC-Web by --proxy", transport: createGrpcWebTransport({ baseUrl: url }), sendsStreams: false },
    { name: "WebSocket", transport: websocket, sendsStreams: true },
    { name: "gRPC by --proxy", transport: createGrpcTransport({ baseUrl: url }), sendsStreams: true },
  ];
}
