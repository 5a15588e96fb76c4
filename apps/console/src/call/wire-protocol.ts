import type { DescMethod } from "@bufbuild/protobuf";

/** How a call is carried between the page and Switchboard. */
export type WireProtocol = "connect-json" | "connect-binary" | "grpc-web" | "websocket";

/** Every protocol, in the order in which the page offers them. */
export const wireProtocols: readonly WireProtocol[] = ["connect-json", "connect-binary", "grpc-web", "websocket"];

/**
 * The protocols that can carry a method. A page can't send a stream by fetch, so client streams and bidi run over
 * WebSocket alone.
 */
export function protocolsFor(method: DescMethod): readonly WireProtocol[] {
  switch (method.methodKind) {
    case "unary":
    case "server_streaming":
      return wireProtocols;
    case "client_streaming":
    case "bidi_streaming":
      return ["websocket"];
  }
}

/**
 * The protocol of a call for which nobody chose one. Streams go over WebSocket: over HTTP/1.1 each would hold one of the
 * six connections that a browser opens to a server, for all of its tabs together.
 */
export function defaultProtocol(method: DescMethod): WireProtocol {
  return method.methodKind === "unary" ? "connect-json" : "websocket";
}
