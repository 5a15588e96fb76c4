import { Code } from "@connectrpc/connect";
import type { FieldList } from "../../net/http-exchange.ts";
import { findField, upstreamPrefix } from "./response-fields.ts";

/** What a server wrote as its status. */
export interface UpstreamStatus {
  /** What it is taken for. */
  readonly code: number;
  /** Whether it is one of gRPC's statuses, written as the protocol has it. */
  readonly isLegal: boolean;
}

/** The field of the status. */
export const statusField = "grpc-status";

const legal = /^(?:\d|1[0-6])$/;

/**
 * Reads a `grpc-status`: a decimal number from 0 to 16 without a zero before it
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses). Anything else is an unknown error, and
 * never success. Undefined where there is none, or an empty one.
 */
export function readUpstreamStatus(value: string | undefined): UpstreamStatus | undefined {
  if (value === undefined || value === "") {
    return undefined;
  }
  return legal.test(value) ? { code: Number(value), isLegal: true } : { code: Code.Unknown, isLegal: false };
}

/** Appends the status as clients know it, and where that is another, what the server wrote beside it. */
export function appendStatus(fields: FieldList, received: FieldList, { code, isLegal }: UpstreamStatus): void {
  fields.push(statusField, `${code}`);
  if (!isLegal) {
    fields.push(upstreamPrefix + statusField, findField(received, statusField) ?? "");
  }
}
