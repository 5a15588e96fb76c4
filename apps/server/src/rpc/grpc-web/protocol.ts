import { compressedFlag, prefixLength, writeEnvelope } from "../envelope.ts";
import { grpcProtocol } from "../grpc/protocol.ts";
import { parseTimeout } from "../grpc/timeout.ts";
import type { Protocol } from "../protocol.ts";
import { contentTypeOf } from "./content-type.ts";
import { createTrailerBlock, trailerFlag } from "./status.ts";

/** gRPC-Web (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md): gRPC with its trailers in the body. */
export const grpcWebProtocol: Protocol = {
  form: "grpc-web",
  name: "grpc-web",
  requestFields: grpcProtocol.requestFields,
  enveloped: true,
  parseTimeout,
  contentType: contentTypeOf,
  head: grpcProtocol.head,
  succeed: (parts, { bytes, compressed }) => ({
    status: 200,
    fields: grpcProtocol.head(parts),
    body: withTrailers(createTrailerBlock(undefined, parts.trailer), compressed ? compressedFlag : 0, bytes),
  }),
  fail: (parts, error) => ({
    status: 200,
    fields: grpcProtocol.head(parts),
    body: withTrailers(createTrailerBlock(error, parts.trailer)),
  }),
  end: (parts, error) => ({ kind: "envelope", flags: trailerFlag, payload: createTrailerBlock(error, parts.trailer) }),
  refuse: grpcProtocol.refuse,
};

/** A message, if there is one, and the trailers behind it. */
function withTrailers(block: Uint8Array, flags = 0, message?: Uint8Array): Uint8Array {
  const messageLength = message === undefined ? 0 : prefixLength + message.byteLength;
  const body = Buffer.allocUnsafe(messageLength + prefixLength + block.byteLength);
  const at = message === undefined ? 0 : writeEnvelope(body, 0, flags, message);
  writeEnvelope(body, at, trailerFlag, block);
  return body;
}
