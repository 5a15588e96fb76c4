import type { Code } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import type { NormalAnswer } from "./normalise-answer.ts";
import { isObject } from "./normalise-error.ts";

/**
 * The status code that an answer tells in the form of a protocol: 0 for success, a gRPC status for an error. Undefined where no
 * protocol's form is in it.
 */
export function codeOfAnswer({ status, headers, end, trailers }: NormalAnswer): number | undefined {
  const contentType = (headers["content-type"] ?? "").toLowerCase();
  if (contentType.startsWith("application/grpc-web")) {
    return isObject(end) ? readStatus(end["grpc-status"]) : undefined;
  }
  if (contentType.startsWith("application/grpc")) {
    return readStatus(trailers["grpc-status"]);
  }
  if (contentType.startsWith("application/connect+")) {
    return isObject(end) ? (end.error === undefined ? 0 : readCode(end.error)) : undefined;
  }
  if (contentType === "application/json" || contentType === "application/proto") {
    return status === 200 ? 0 : readCode(end);
  }
  return undefined;
}

function readStatus(field: unknown): number | undefined {
  return typeof field === "string" && /^\d+$/.test(field) ? Number(field) : undefined;
}

function readCode(error: unknown): Code | undefined {
  return isObject(error) && typeof error.code === "string" ? codeFromString(error.code) : undefined;
}
