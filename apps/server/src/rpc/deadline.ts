import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";

/** The longest wait of a timer, 2^31 - 1 milliseconds: a longer one would fire at once. */
const maxTimerMs = 2_147_483_647;

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Reads the deadline of a call from `grpc-timeout` or `connect-timeout-ms`, in milliseconds, and shortens a header that
 * asks for more than a timer can wait (almost 25 days), so that a deadline of a year is a long one, not an instant one.
 * Undefined where there is none or it is malformed: the handler refuses those itself.
 */
export function readDeadline(header: Headers): number | undefined {
  const grpc = /^(\d{1,8})([HMSmun])$/.exec(header.get("grpc-timeout") ?? "");
  const connect = /^\d{1,10}$/.exec(header.get("connect-timeout-ms") ?? "");
  const wanted = grpc === null ? connect?.[0] : Number(grpc[1]) * (unitMs[grpc[2] ?? ""] ?? 0);
  if (wanted === undefined) {
    return undefined;
  }
  const ms = Number(wanted);
  if (ms <= maxTimerMs) {
    return ms;
  }
  if (grpc === null) {
    header.set("connect-timeout-ms", String(maxTimerMs));
  } else {
    header.set("grpc-timeout", formatGrpcTimeout(maxTimerMs));
  }
  return maxTimerMs;
}
