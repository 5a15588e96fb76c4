import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { RequestDeadline, UpstreamRequest } from "./upstream.ts";

/** A server's name as requests tell it. */
export interface RequestOrigin {
  readonly scheme: "http" | "https";
  /** The host, with its port unless it is the scheme's own. */
  readonly authority: string;
}

/** The longest `connect-timeout-ms`: the protocol has ten digits for it. */
const maxConnectTimeoutMs = 9_999_999_999;

/** Lists the fields of a request for HTTP/2, the pseudo-fields first, with what is left of its deadline now. */
export function http2Fields({ method, path, fields, deadline }: UpstreamRequest, origin: RequestOrigin): FieldList {
  const list: FieldList = [":method", method, ":scheme", origin.scheme, ":authority", origin.authority, ":path", path];
  for (const part of fields) {
    list.push(part);
  }
  list.push("te", "trailers");
  if (deadline !== undefined) {
    list.push(deadline.field, formatDeadline(deadline));
  }
  return list;
}

/** Writes what is left of a deadline as the value of its field: at least one millisecond. */
export function formatDeadline({ at, field }: RequestDeadline): string {
  const leftMs = at - performance.now();
  switch (field) {
    case "grpc-timeout":
      return formatGrpcTimeout(leftMs);
    case "connect-timeout-ms":
      return `${Math.min(maxConnectTimeoutMs, Math.max(1, Math.ceil(leftMs)))}`;
  }
}

/** Whether a request is gRPC proper, which only HTTP/2 carries: not gRPC-Web, and not Connect. */
export function isGrpcProper(fields: FieldList): boolean {
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i] === "content-type") {
      return grpcProper.test(fields[i + 1] ?? "");
    }
  }
  return false;
}

const grpcProper = /^application\/grpc(?:$|[+;\s])/i;
