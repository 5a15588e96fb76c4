import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";

/** The longest deadline that is kept, in milliseconds: whole seconds of almost 25 days, the most that a timer can wait. */
export const maxDeadlineMs = 2_147_483_000;

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Reads the deadline of a call from `grpc-timeout` or `connect-timeout-ms`, in milliseconds. A header that asks for more
 * than `maxDeadlineMs` is shortened in place: a deadline of a year is a long one, where a timer of a year would fire at
 * once. Undefined where there is none or it is malformed: the handler refuses those itself.
 */
export function readDeadline(header: Headers): number | undefined {
  const grpc = readGrpcTimeout(header.get("grpc-timeout"));
  if (grpc !== undefined && grpc > maxDeadlineMs) {
    header.set("grpc-timeout", formatGrpcTimeout(maxDeadlineMs));
  }
  const connect = readConnectTimeout(header.get("connect-timeout-ms"));
  if (connect !== undefined && connect > maxDeadlineMs) {
    header.set("connect-timeout-ms", String(maxDeadlineMs));
  }
  const wanted = grpc ?? connect;
  return wanted === undefined ? undefined : Math.min(wanted, maxDeadlineMs);
}

function readGrpcTimeout(value: string | null): number | undefined {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(value ?? "") ?? [];
  return digits === undefined || unit === undefined ? undefined : Number(digits) * (unitMs[unit] ?? 0);
}

function readConnectTimeout(value: string | null): number | undefined {
  return /^\d{1,10}$/.test(value ?? "") ? Number(value) : undefined;
}
