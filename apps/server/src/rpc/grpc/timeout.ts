import { malformedTimeout } from "../timeout-error.ts";

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** The field that carries the timeout. */
export const timeoutField = "grpc-timeout";

/**
 * Reads a timeout, in milliseconds: at most eight digits and a unit
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for anything else.
 */
export function parseTimeout(value: string): number {
  const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(value) ?? [];
  if (digits === undefined) {
    throw malformedTimeout(timeoutField, value, "one to eight digits and one of the units H, M, S, m, u and n");
  }
  return Number(digits) * (unitMs[unit] ?? 0);
}
