import { fromBinary, type Registry } from "@bufbuild/protobuf";
import { type Code, ConnectError } from "@connectrpc/connect";
import { statusName } from "@switchboard/wire/status-name.ts";
import { BrokenConnection } from "./broken-connection.ts";
import type { CallStatus, StatusDetail } from "./call.ts";

/** What is known of a call when it fails. */
export interface FailureFacts {
  /** Decodes the details. */
  readonly registry: Registry;
  /** The HTTP status that answered the call, where one did. */
  readonly httpStatus: number | undefined;
}

/** The status of a call that the server ended well. */
export const okStatus: CallStatus = { code: 0, name: "OK", message: "", details: [], origin: "server" };

/** The status that an error of a transport means. */
export function statusFromError(reason: unknown, { registry, httpStatus }: FailureFacts): CallStatus {
  const error = ConnectError.from(reason);
  return {
    code: error.code,
    name: statusName(error.code),
    message: error.rawMessage,
    details: decodeDetails(error, registry),
    origin: originOf(error, httpStatus),
  };
}

/** A status that the page itself gives. */
export function pageStatus(code: Code, message: string): CallStatus {
  return { code, name: statusName(code), message, details: [], origin: "page" };
}

/** The field of a response's header or trailers in which the gateway tells who ended a call that has its status. */
const endedByField = "x-switchboard-ended-by";

function originOf(error: ConnectError, httpStatus: number | undefined): CallStatus["origin"] {
  if (error.cause instanceof BrokenConnection) {
    return "connection";
  }
  const endedBy = error.metadata.get(endedByField);
  if (endedBy === "gateway" || endedBy === "upstream") {
    return endedBy;
  }
  const isHttpError = httpStatus !== undefined && (httpStatus < 200 || httpStatus > 299);
  return error.isWireError || isHttpError ? "server" : "page";
}

function decodeDetails({ details }: ConnectError, registry: Registry): StatusDetail[] {
  // Outgoing details, which a page never has, are the ones with a descriptor.
  return details.flatMap((detail) =>
    "desc" in detail
      ? []
      : [{ typeName: detail.type, value: detail.value, message: decodeDetail(detail.type, detail.value, registry) }],
  );
}

/** Decodes a detail; undefined where its type is not known or its bytes are none of that type. */
export function decodeDetail(typeName: string, value: Uint8Array, registry: Registry): StatusDetail["message"] {
  const desc = registry.getMessage(typeName);
  try {
    return desc && fromBinary(desc, value);
  } catch {
    // The bytes are shown instead.
    return undefined;
  }
}
