import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import type { ConnectError } from "@connectrpc/connect";
import { encodeBinaryHeader } from "@connectrpc/connect";
import { StatusSchema } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import type { FieldList } from "../../net/http-exchange.ts";
import { appendMetadata, mergeErrorMetadata } from "../metadata.ts";

/**
 * Creates the trailers of a call: its status, and the service's metadata
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses).
 *
 * @param error undefined where the call succeeded
 */
export function createTrailers(error: ConnectError | undefined, metadata: Headers | undefined): FieldList {
  if (error === undefined) {
    const fields: FieldList = ["grpc-status", "0"];
    appendMetadata(fields, metadata);
    return fields;
  }
  const fields: FieldList = ["grpc-status", `${error.code}`, "grpc-message", encodeStatusMessage(error.rawMessage)];
  if (error.details.length > 0) {
    fields.push("grpc-status-details-bin", encodeDetails(error));
  }
  appendMetadata(fields, mergeErrorMetadata(metadata, error));
  return fields;
}

/**
 * Percent-encodes a message's UTF-8 bytes, but for visible ASCII and the spaces within, as HTTP drops those at the
 * edges.
 */
export function encodeStatusMessage(message: string): string {
  if (/^[\x20-\x24\x26-\x7e]*$/.test(message) && !/^ | $/.test(message)) {
    return message;
  }
  let encoded = "";
  const bytes = Buffer.from(message);
  for (const [index, byte] of bytes.entries()) {
    const isEdge = index === 0 || index === bytes.byteLength - 1;
    const isPlain = byte >= (isEdge ? 0x21 : 0x20) && byte <= 0x7e && byte !== 0x25;
    encoded += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

function encodeDetails(error: ConnectError): string {
  const status = create(StatusSchema, {
    code: error.code,
    message: error.rawMessage,
    details: error.details.map((detail) =>
      "desc" in detail
        ? anyPack(detail.desc, create(detail.desc, detail.value))
        : { typeUrl: `type.googleapis.com/${detail.type}`, value: detail.value },
    ),
  });
  return encodeBinaryHeader(toBinary(StatusSchema, status));
}
