import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { codeFromString, endStreamFlag } from "@connectrpc/connect/protocol-connect";
import { trailerFlag } from "@connectrpc/connect/protocol-grpc-web";
import { parseHeaderBlock } from "@switchboard/wire/header-block.ts";

const statusField = "grpc-status";
const envelopePrefixLength = 5;

/**
 * Reads a call's gRPC status off its response, once that is complete: from the headers or trailers, from the last piece
 * of a gRPC-Web or Connect stream, or from a Connect unary error. Undefined where it isn't there to read, as in a
 * compressed trailer or an HTTP error of the framework.
 *
 * @param last the last piece of the body, which handlers cut so that it holds a whole trailer or error
 */
export function readResponseStatus(
  response: UniversalServerResponse,
  last: Uint8Array | undefined,
): number | undefined {
  const field = response.header?.get(statusField) ?? response.trailer?.get(statusField);
  if (field !== undefined && field !== null) {
    return Number(field);
  }
  const contentType = response.header?.get("content-type") ?? "";
  if (contentType.startsWith("application/connect+")) {
    return last?.[0] === endStreamFlag ? readJsonStatus(payloadOf(last), "error") : undefined;
  }
  if (contentType.startsWith("application/grpc-web")) {
    return last?.[0] === trailerFlag ? readTrailerStatus(payloadOf(last)) : undefined;
  }
  if (contentType.startsWith("application/grpc")) {
    return undefined;
  }
  return response.status === 200 ? 0 : readJsonStatus(last, undefined);
}

function payloadOf(envelope: Uint8Array): Uint8Array {
  return envelope.subarray(envelopePrefixLength);
}

function readTrailerStatus(block: Uint8Array): number | undefined {
  const field = parseHeaderBlock(block).get(statusField);
  return field === null ? undefined : Number(field);
}

/** Reads `code`, of the whole value or of its property `within`. A value without an error is a success. */
function readJsonStatus(bytes: Uint8Array | undefined, within: string | undefined): number | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const error = within === undefined ? value : Object.entries(Object(value)).find(([key]) => key === within)?.[1];
    if (error === undefined) {
      return 0;
    }
    const code: unknown = Object(error).code;
    return typeof code === "string" ? codeFromString(code) : undefined;
  } catch {
    return undefined;
  }
}
