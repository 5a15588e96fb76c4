/** The names of gRPC's status codes, each at its number (https://grpc.io/docs/guides/status-codes/). */
export const statusNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** A code's name as gRPC writes it: `NOT_FOUND`. A number that is no code is called `CODE_` and the number. */
export function statusName(code: number): string {
  return statusNames[code] ?? `CODE_${code}`;
}
