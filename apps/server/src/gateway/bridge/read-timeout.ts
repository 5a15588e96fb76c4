import { Code, ConnectError } from "@connectrpc/connect";
import { maxDeadlineMs } from "../../rpc/deadline.ts";
import { malformedTimeout } from "../../rpc/timeout-error.ts";

/** The field by which a request tells how long its call may take. */
export type TimeoutField = "grpc-timeout" | "connect-timeout-ms";

const unitMs: ReadonlyMap<string, number> = new Map([
  ["H", 3_600_000],
  ["M", 60_000],
  ["S", 1_000],
  ["m", 1],
  ["u", 1e-3],
  ["n", 1e-6],
]);

/**
 * Reads how long a call may take, in milliseconds; undefined where it says for ever. More is taken than the protocols
 * allow, since clients in use write more than eight digits, fractions and `Infinity`; what goes on to a server is written
 * anew. One beyond what a timer can wait is shortened.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for anything else, and with `DEADLINE_EXCEEDED` for 0.
 */
export function readTimeout(field: TimeoutField, value: string): number | undefined {
  const [, digits = "", unit = ""] = /^(\d{1,20}(?:\.\d{1,20})?|Infinity)([HMSmun]?)$/.exec(value) ?? [];
  const factor = field === "grpc-timeout" ? unitMs.get(unit) : unit === "" ? 1 : undefined;
  if (digits === "" || factor === undefined) {
    throw malformedTimeout(field, value, allowed[field]);
  }
  const ms = Number(digits) * factor;
  if (ms === 0) {
    throw new ConnectError(`the deadline has passed: ${field} is 0`, Code.DeadlineExceeded);
  }
  return ms === Number.POSITIVE_INFINITY ? undefined : Math.min(ms, maxDeadlineMs);
}

const allowed: Readonly<Record<TimeoutField, string>> = {
  "grpc-timeout": "one number and one of the units H, M, S, m, u and n",
  "connect-timeout-ms": "one number, in milliseconds",
};
