const units: readonly (readonly [string, number])[] = [
  ["m", 1],
  ["S", 1_000],
  ["M", 60_000],
  ["H", 3_600_000],
];

/**
 * Writes a `grpc-timeout` header value for a deadline in milliseconds. The value has at most eight digits, so a longer
 * one is written in a coarser unit, rounded up. At least `1m`, one millisecond: gRPC has no timeout of zero.
 */
export function formatGrpcTimeout(timeoutMs: number): string {
  const wanted = Math.max(1, Math.ceil(timeoutMs));
  for (const [unit, factor] of units) {
    const value = Math.ceil(wanted / factor);
    if (value <= 99_999_999) {
      return `${value}${unit}`;
    }
  }
  return "99999999H";
}
