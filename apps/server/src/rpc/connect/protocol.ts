import { codeToHttpStatus } from "@connectrpc/connect/protocol-connect";
import type { FieldList } from "../../net/http-exchange.ts";
import { compressedFlag, createEnvelope, prefixLength, writeEnvelope } from "../envelope.ts";
import { appendMetadata, mergeErrorMetadata } from "../metadata.ts";
import type { Protocol, ResponseParts } from "../protocol.ts";
import { contentTypeOf } from "./content-type.ts";
import { createEndOfStream, createErrorBody, endStreamFlag } from "./status.ts";
import { parseTimeout, timeoutField } from "./timeout.ts";

/** Connect's form for methods that stream (https://connectrpc.com/docs/protocol#streaming-rpcs). */
export const connectStreamProtocol: Protocol = {
  form: "connect-stream",
  name: "connect",
  requestFields: {
    timeout: timeoutField,
    encoding: "connect-content-encoding",
    acceptEncoding: "connect-accept-encoding",
  },
  enveloped: true,
  parseTimeout,
  contentType: (codec) => contentTypeOf(codec, true),
  head: (parts) => head(parts, "connect-content-encoding"),
  succeed(parts, { bytes, compressed }) {
    const end = createEndOfStream(undefined, parts.trailer, undefined);
    const body = Buffer.allocUnsafe(prefixLength + bytes.byteLength + prefixLength + end.byteLength);
    const at = writeEnvelope(body, 0, compressed ? compressedFlag : 0, bytes);
    writeEnvelope(body, at, endStreamFlag, end);
    return { status: 200, fields: this.head(parts), body };
  },
  fail(parts, error, options) {
    const end = createEndOfStream(error, parts.trailer, options);
    return { status: 200, fields: this.head(parts), body: createEnvelope(endStreamFlag, end) };
  },
  end: (parts, error, options) => ({
    kind: "envelope",
    flags: endStreamFlag,
    payload: createEndOfStream(error, parts.trailer, options),
  }),
  refuse: (error, contentType) => ({
    status: 200,
    fields: ["content-type", contentType],
    body: createEnvelope(endStreamFlag, createEndOfStream(error, undefined, undefined)),
  }),
};

/** Connect's form for unary methods (https://connectrpc.com/docs/protocol#unary-rpcs): plain HTTP. */
export const connectUnaryProtocol: Protocol = {
  form: "connect-unary",
  name: "connect",
  requestFields: { timeout: timeoutField, encoding: "content-encoding", acceptEncoding: "accept-encoding" },
  enveloped: false,
  parseTimeout,
  contentType: (codec) => contentTypeOf(codec, false),
  head: (parts) => head(parts, "content-encoding"),
  succeed(parts, { bytes, compressed }) {
    const fields = head(compressed ? parts : { ...parts, encoding: undefined }, "content-encoding");
    appendMetadata(fields, parts.trailer, "trailer-");
    return { status: 200, fields: withLength(fields, bytes), body: bytes };
  },
  fail(parts, error, options) {
    const fields: FieldList = ["content-type", "application/json"];
    appendMetadata(fields, mergeErrorMetadata(parts.header, error));
    appendMetadata(fields, parts.trailer, "trailer-");
    const body = createErrorBody(error, options);
    return { status: codeToHttpStatus(error.code), fields: withLength(fields, body), body };
  },
  end() {
    throw new Error("a unary response has no head of its own that could have been sent");
  },
  refuse(error, _contentType, httpStatus) {
    const body = createErrorBody(error, undefined);
    const fields = withLength(["content-type", "application/json"], body);
    return { status: httpStatus ?? codeToHttpStatus(error.code), fields, body };
  },
};

function head({ contentType, encoding, header }: ResponseParts, encodingField: string): FieldList {
  const fields: FieldList = ["content-type", contentType];
  if (encoding !== undefined) {
    fields.push(encodingField, encoding);
  }
  appendMetadata(fields, header);
  return fields;
}

function withLength(fields: FieldList, { byteLength }: Uint8Array): FieldList {
  fields.push("content-length", `${byteLength}`);
  return fields;
}
