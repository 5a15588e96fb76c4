import { Code } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import type { FieldList } from "../../net/http-exchange.ts";
import { endStreamFlag } from "../../rpc/connect/status.ts";
import { compressedFlag } from "../../rpc/envelope.ts";
import { trailerFlag } from "../../rpc/grpc-web/status.ts";
import type { UpstreamHead } from "../upstream/upstream.ts";
import { codeOfHttpStatus } from "./code-of-http-status.ts";
import { codecSuffixOf, mediaTypeOf } from "./media-type.ts";
import { anyMessages, createBodyGuard, createMessageGuard } from "./message-guard.ts";
import type { EndFacts, EndReading, HeadReading, Passage } from "./passage.ts";
import { appendResponseFields, findField, upstreamPrefix } from "./response-fields.ts";
import { readUpstreamStatus } from "./upstream-status.ts";

const nothing: ReadonlySet<string> = new Set();
const contentTypeAlone: ReadonlySet<string> = new Set(["content-type"]);
/** For a browser a body of any other type is no more than bytes. */
const unknownType = "application/octet-stream";

/** Calls of gRPC to a server of gRPC: they go through as they are, their trailers as trailers. */
export const grpcPassage: Passage = {
  wire: "grpc",
  requestType: (contentType) => contentType,
  createGuard: ({ maxMessageBytes }) => createMessageGuard(maxMessageBytes, anyMessages),
  readHead(head) {
    const fields: FieldList = [];
    appendResponseFields(fields, head.fields, "native", nothing);
    return toReading(head, fields, statusCodeOf(head.fields));
  },
  readEnd(trailers, { headCode }) {
    if (trailers === undefined) {
      // How a server fails that sends no trailers is for the client to say.
      return { kind: "trailers", fields: undefined, code: headCode ?? Code.Internal };
    }
    const fields: FieldList = [];
    appendResponseFields(fields, trailers, "native", nothing);
    return { kind: "trailers", fields, code: statusCodeOf(trailers) ?? Code.Internal };
  },
};

/** Calls of gRPC-Web to a server of gRPC-Web, in the binary form: their bytes go through as they are. */
export const grpcWebPassage: Passage = {
  wire: "grpc-web",
  requestType: (contentType) => `application/grpc-web${codecSuffixOf(contentType)}`,
  createGuard: ({ maxMessageBytes, readsCompressed }) =>
    createMessageGuard(maxMessageBytes, {
      legalFlags: trailerFlag | (readsCompressed ? compressedFlag : 0),
      lastFlag: trailerFlag,
    }),
  readHead(head, { contentType }) {
    const mediaType = mediaTypeOf(findField(head.fields, "content-type") ?? "");
    const status = statusCodeOf(head.fields);
    if (status === undefined && (head.status !== 200 || !mediaType.startsWith("application/grpc-web"))) {
      return { kind: "foreign" };
    }
    const fields: FieldList = ["content-type", contentType, "x-content-type-options", "nosniff"];
    appendResponseFields(fields, head.fields, "browser", contentTypeAlone);
    return toReading(head, fields, status);
  },
  readEnd: (_trailers, { headCode, last }) => endOfBody(headCode ?? codeOfBlock(last)),
};

/** Calls of Connect's form for streams to a server of Connect: bytes, fields and status go through as they are. */
export const connectStreamPassage: Passage = {
  wire: "connect",
  requestType: (contentType) => contentType,
  createGuard: ({ maxMessageBytes }) =>
    createMessageGuard(maxMessageBytes, { legalFlags: 0xff, lastFlag: endStreamFlag }),
  readHead: readConnectHead,
  readEnd: (_trailers, { headCode, last }) => endOfBody(headCode ?? codeOfJson(last, "end") ?? 0),
};

/** Calls of Connect's unary form, which is plain HTTP, to a server of Connect. */
export const connectUnaryPassage: Passage = {
  wire: "connect",
  requestType: (contentType) => contentType,
  createGuard: ({ maxMessageBytes }) => createBodyGuard(maxMessageBytes),
  readHead(head) {
    const reading = readConnectHead(head);
    // A message of no bytes is a whole answer.
    return reading.kind === "whole" && head.status === 200 ? { ...reading, code: 0 } : reading;
  },
  readEnd: (_trailers, facts) => endOfBody(unaryCode(facts)),
};

function readConnectHead(head: UpstreamHead): HeadReading {
  const contentType = findField(head.fields, "content-type");
  const fields: FieldList = [];
  if (contentType !== undefined) {
    fields.push(...typeFields(contentType));
  }
  fields.push("x-content-type-options", "nosniff");
  const encoding = findField(head.fields, "content-encoding");
  if (encoding !== undefined) {
    // It belongs to the unary form, and acts on nothing but this body.
    fields.push("content-encoding", encoding);
  }
  appendResponseFields(fields, head.fields, "browser", connectFields);
  return toReading(head, fields, head.status === 200 ? undefined : codeOfHttpStatus(head.status));
}

const connectFields: ReadonlySet<string> = new Set(["content-type", "content-encoding"]);
const connectType = /^application\/(?:connect\+[a-z0-9._-]+|proto|json)$/;

/** A page that a server sends must not be one of ours. */
function typeFields(contentType: string): FieldList {
  return connectType.test(mediaTypeOf(contentType))
    ? ["content-type", contentType]
    : ["content-type", unknownType, `${upstreamPrefix}content-type`, contentType];
}

function toReading({ status, isEnd }: UpstreamHead, fields: FieldList, code: number | undefined): HeadReading {
  return isEnd
    ? { kind: "whole", status, fields, code: code ?? codeOfWhole(status) }
    : { kind: "open", status, fields, code };
}

function codeOfWhole(status: number): number {
  return status === 200 ? Code.Internal : codeOfHttpStatus(status);
}

function endOfBody(code: number): EndReading {
  return { kind: "trailers", fields: undefined, code };
}

function statusCodeOf(fields: FieldList): number | undefined {
  return readUpstreamStatus(findField(fields, "grpc-status"))?.code;
}

/** The code in gRPC-Web's last envelope. */
function codeOfBlock(last: Uint8Array | undefined): number {
  const value = /(?:^|\n)grpc-status:[ \t]*(\d+)/i.exec(textOf(last))?.[1];
  return readUpstreamStatus(value)?.code ?? Code.Internal;
}

function unaryCode({ headCode, last }: EndFacts): number {
  return headCode === undefined ? 0 : (codeOfJson(last, "error") ?? headCode);
}

/** The code in the JSON of an error, or of the end of a stream; undefined where it tells none. */
function codeOfJson(last: Uint8Array | undefined, shape: "error" | "end"): Code | undefined {
  const pattern = shape === "end" ? /^\s*\{\s*"error"\s*:\s*\{[^}]*?"code"\s*:\s*"(\w+)"/ : /"code"\s*:\s*"(\w+)"/;
  const name = pattern.exec(textOf(last))?.[1];
  return name === undefined ? undefined : codeFromString(name);
}

/** How much of a last message is looked at, in bytes. */
const maxLookedAt = 8_192;

function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : Buffer.from(bytes.subarray(0, maxLookedAt)).toString("latin1");
}
