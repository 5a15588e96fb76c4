import type { DescMethod } from "@bufbuild/protobuf";
import type { WireMessage } from "../call/wire-message.ts";
import type { WireProtocol } from "../call/wire-protocol.ts";
import { type CompressionFields, connectStreamFields, connectUnaryFields, grpcFields } from "./compression-fields.ts";

/** A protocol that fetch can carry. */
export type HttpProtocol = Exclude<WireProtocol, "websocket">;

/** How HTTP bodies hold the messages of a call. */
export interface HttpCarriage {
  /** Each message in an envelope, or one message that is the whole body: in Connect's unary calls. */
  readonly framing: "envelopes" | "body";
  /** What the messages are. */
  readonly format: WireMessage["format"];
  readonly compressionFields: CompressionFields;
}

/** How a protocol carries the calls of a kind. */
export function httpCarriage(protocol: HttpProtocol, kind: DescMethod["methodKind"]): HttpCarriage {
  if (protocol === "grpc-web") {
    return { framing: "envelopes", format: "binary", compressionFields: grpcFields };
  }
  const format = protocol === "connect-json" ? "json" : "binary";
  return kind === "unary"
    ? { framing: "body", format, compressionFields: connectUnaryFields }
    : { framing: "envelopes", format, compressionFields: connectStreamFields };
}
