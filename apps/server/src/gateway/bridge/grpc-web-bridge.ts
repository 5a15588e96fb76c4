import { Code, ConnectError } from "@connectrpc/connect";
import type { FieldList } from "../../net/http-exchange.ts";
import { compressedFlag, createEnvelope } from "../../rpc/envelope.ts";
import { trailerFlag } from "../../rpc/grpc-web/status.ts";
import type { UpstreamHead } from "../upstream/upstream.ts";
import { codecSuffixOf, isGrpcType } from "./media-type.ts";
import { createMessageGuard, type MessageRules } from "./message-guard.ts";
import type { EndReading, HeadReading, Passage, ResponseTerms } from "./passage.ts";
import { appendResponseFields, findField } from "./response-fields.ts";
import { appendStatus, readUpstreamStatus, statusField } from "./upstream-status.ts";

/** What browsers' clients read: another flag would pass for the trailers, or can't be decoded. */
const plainMessages: MessageRules = { legalFlags: 0, lastFlag: 0 };
const compressedMessages: MessageRules = { legalFlags: compressedFlag, lastFlag: 0 };

const ownHeadFields: ReadonlySet<string> = new Set(["content-type", statusField]);
const ownTrailerFields: ReadonlySet<string> = new Set([statusField]);
/** Of a head with messages to come: the status stands in the trailers alone. */
const earlyStatusFields: ReadonlySet<string> = new Set([
  "content-type",
  statusField,
  "grpc-message",
  "grpc-status-details-bin",
]);

/**
 * Calls of gRPC-Web to a server of gRPC (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md): messages go on as
 * they are, and the trailers become the last envelope of the body.
 */
export const grpcWebBridge: Passage = {
  wire: "grpc",
  requestType: (contentType) => `application/grpc${codecSuffixOf(contentType)}`,
  createGuard: ({ readsCompressed, maxMessageBytes }) =>
    createMessageGuard(maxMessageBytes, readsCompressed ? compressedMessages : plainMessages),
  readHead,
  readEnd: (trailers) => readEnd(trailers),
};

function readHead(head: UpstreamHead, { contentType }: ResponseTerms): HeadReading {
  const status = readUpstreamStatus(findField(head.fields, statusField));
  const isGrpc = head.status === 200 && isGrpcType(findField(head.fields, "content-type") ?? "");
  if (status === undefined && !isGrpc) {
    return { kind: "foreign" };
  }
  const fields: FieldList = ["content-type", contentType, "x-content-type-options", "nosniff"];
  if (status !== undefined && (head.isEnd || !isGrpc)) {
    appendStatus(fields, head.fields, status);
    appendResponseFields(fields, head.fields, "browser", ownHeadFields);
    return { kind: "whole", status: 200, fields, code: status.code };
  }
  appendResponseFields(fields, head.fields, "browser", earlyStatusFields);
  return { kind: "open", status: 200, fields, code: undefined };
}

function readEnd(trailers: FieldList | undefined): EndReading {
  const status = trailers === undefined ? undefined : readUpstreamStatus(findField(trailers, statusField));
  if (trailers === undefined || status === undefined) {
    const error = new ConnectError("the server ended its response without a grpc-status", Code.Internal);
    return { kind: "broken", error };
  }
  const fields: FieldList = [];
  appendStatus(fields, trailers, status);
  appendResponseFields(fields, trailers, "native", ownTrailerFields);
  return { kind: "body", bytes: createTrailerFrame(fields), code: status.code };
}

/** Writes the last envelope: the trailers as lines, one byte for each character. */
function createTrailerFrame(fields: FieldList): Uint8Array {
  let block = "";
  for (let i = 0; i < fields.length; i += 2) {
    block += `${fields[i]}: ${fields[i + 1]}\r\n`;
  }
  return createEnvelope(trailerFlag, Buffer.from(block, "latin1"));
}
