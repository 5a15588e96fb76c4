import type { DescMethod } from "@bufbuild/protobuf";

/** How a call is carried between the page and Switchboard. */
export type WireProtocol = "connect-json" | "connect-binary" | "grpc-web" | "websocket";

/** Every protocol, in the order in which the page offers them. */
export const wireProtocols: readonly WireProtocol[] = ["connect-json", "connect-binary", "grpc-web", "websocket"];

/** A protocol that a server speaks: gRPC over HTTP/2, gRPC-Web, or Connect. */
export type ServerWire = "grpc" | "grpc-web" | "connect";

/** What the built-in services speak. */
export const allWires: ReadonlySet<ServerWire> = new Set<ServerWire>(["grpc", "grpc-web", "connect"]);

/**
 * The protocols that can carry a method to a server that speaks `wires`; none where the page can't call it. A page can't
 * send a stream by fetch, so client streams and bidi run over WebSocket alone, which leads to gRPC alone. Between gRPC-Web
 * and gRPC the gateway goes between.
 */
export function protocolsFor(method: DescMethod, wires: ReadonlySet<ServerWire>): readonly WireProtocol[] {
  switch (method.methodKind) {
    case "unary":
    case "server_streaming":
      return wireProtocols.filter((protocol) => isShared(protocol, wires));
    case "client_streaming":
    case "bidi_streaming":
      return isShared("websocket", wires) ? ["websocket"] : [];
  }
}

function isShared(protocol: WireProtocol, wires: ReadonlySet<ServerWire>): boolean {
  switch (protocol) {
    case "connect-json":
    case "connect-binary":
      return wires.has("connect");
    case "grpc-web":
      return wires.has("grpc") || wires.has("grpc-web");
    case "websocket":
      return wires.has("grpc");
  }
}

/**
 * The protocol of a call for which nobody chose one. Streams go over WebSocket where that leads to the server: over
 * HTTP/1.1 each would hold one of the six connections that a browser opens to a server, for all of its tabs together.
 */
export function defaultProtocol(method: DescMethod, wires: ReadonlySet<ServerWire>): WireProtocol {
  const offered = protocolsFor(method, wires);
  const wished = method.methodKind === "unary" ? offered[0] : offered.find((protocol) => protocol === "websocket");
  return wished ?? offered[0] ?? "websocket";
}
