import { emptyBody, type FieldList } from "../../net/http-exchange.ts";
import { compressedFlag, createEnvelope } from "../envelope.ts";
import { appendMetadata } from "../metadata.ts";
import type { Protocol, ResponseParts } from "../protocol.ts";
import { contentTypeOf } from "./content-type.ts";
import { createTrailers } from "./status.ts";
import { parseTimeout, timeoutField } from "./timeout.ts";

/** gRPC (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
export const grpcProtocol: Protocol = {
  form: "grpc",
  name: "grpc",
  requestFields: { timeout: timeoutField, encoding: "grpc-encoding", acceptEncoding: "grpc-accept-encoding" },
  enveloped: true,
  parseTimeout,
  contentType: contentTypeOf,
  head,
  succeed: (parts, { bytes, compressed }) => ({
    status: 200,
    fields: head(parts),
    body: createEnvelope(compressed ? compressedFlag : 0, bytes),
    trailers: createTrailers(undefined, parts.trailer),
  }),
  fail: (parts, error) => ({
    status: 200,
    fields: head(parts),
    body: emptyBody,
    trailers: createTrailers(error, parts.trailer),
  }),
  end: (parts, error) => ({ kind: "trailers", fields: createTrailers(error, parts.trailer) }),
  // "Trailers-only": the status stands in the head, and nothing follows.
  refuse: (error, contentType) => ({
    status: 200,
    fields: ["content-type", contentType, ...createTrailers(error, undefined)],
    body: emptyBody,
  }),
};

function head({ contentType, encoding, header }: ResponseParts): FieldList {
  const fields: FieldList = ["content-type", contentType];
  if (encoding !== undefined) {
    fields.push("grpc-encoding", encoding);
  }
  appendMetadata(fields, header);
  return fields;
}
