import { Code } from "@connectrpc/connect";

/** What a server wrote as its status. */
export interface UpstreamStatus {
  /** What it is taken for. */
  readonly code: number;
  /** Whether it is one of gRPC's statuses, written as the protocol has it. */
  readonly isLegal: boolean;
}

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
