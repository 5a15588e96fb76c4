import { Code, ConnectError } from "@connectrpc/connect";
import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import type { WireForm } from "./wire-form.ts";

/** The longest deadline that is kept, in milliseconds: whole seconds of almost 25 days, the most that a timer can wait. */
export const maxDeadlineMs = 2_147_483_000;

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Reads the deadline of a call, in milliseconds, from the header that its protocol has for it. One beyond `maxDeadlineMs`
 * is shortened in the header: a deadline of a year is a long one, where a timer of a year would fire at once. Undefined
 * where there is none.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` where it is malformed, and with `DEADLINE_EXCEEDED` where it is 0.
 */
export function readDeadline(header: Headers, form: WireForm): number | undefined {
  const isGrpc = form === "grpc" || form === "grpc-web";
  const name = isGrpc ? "grpc-timeout" : "connect-timeout-ms";
  const value = header.get(name);
  if (value === null) {
    return undefined;
  }
  const ms = isGrpc ? parseGrpcTimeout(value) : parseConnectTimeout(value);
  if (ms === 0) {
    throw new ConnectError(`the deadline has passed: ${name} is 0`, Code.DeadlineExceeded);
  }
  if (ms > maxDeadlineMs) {
    header.set(name, isGrpc ? formatGrpcTimeout(maxDeadlineMs) : String(maxDeadlineMs));
  }
  return Math.min(ms, maxDeadlineMs);
}

/** See https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md: at most eight digits, and a unit. */
function parseGrpcTimeout(value: string): number {
  const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(value) ?? [];
  if (digits === undefined) {
    throw malformed("grpc-timeout", value, "one to eight digits and one of the units H, M, S, m, u and n");
  }
  return Number(digits) * (unitMs[unit] ?? 0);
}

/** See https://connectrpc.com/docs/protocol: at most ten digits, in milliseconds. */
function parseConnectTimeout(value: string): number {
  if (!/^\d{1,10}$/.test(value)) {
    throw malformed("connect-timeout-ms", value, "one to ten digits, in milliseconds");
  }
  return Number(value);
}

const maxQuoted = 50;

function malformed(name: string, value: string, allowed: string): ConnectError {
  return new ConnectError(
    `${name} ${JSON.stringify(value.slice(0, maxQuoted))} is not ${allowed}`,
    Code.InvalidArgument,
  );
}
