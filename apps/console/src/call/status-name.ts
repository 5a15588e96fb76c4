import { Code } from "@connectrpc/connect";

/** A gRPC status code: 0 for OK, otherwise 1 to 16 (https://grpc.io/docs/guides/status-codes/). */
export type StatusCode = 0 | Code;

/** Whose fault a status tells of; what a status is coloured by. */
export type StatusFamily = "ok" | "caller" | "server" | "cancelled";

const rows: readonly (readonly [code: StatusCode, name: string, family: StatusFamily])[] = [
  [0, "OK", "ok"],
  [Code.Canceled, "CANCELLED", "cancelled"],
  [Code.Unknown, "UNKNOWN", "server"],
  [Code.InvalidArgument, "INVALID_ARGUMENT", "caller"],
  [Code.DeadlineExceeded, "DEADLINE_EXCEEDED", "cancelled"],
  [Code.NotFound, "NOT_FOUND", "caller"],
  [Code.AlreadyExists, "ALREADY_EXISTS", "caller"],
  [Code.PermissionDenied, "PERMISSION_DENIED", "caller"],
  [Code.ResourceExhausted, "RESOURCE_EXHAUSTED", "caller"],
  [Code.FailedPrecondition, "FAILED_PRECONDITION", "caller"],
  [Code.Aborted, "ABORTED", "caller"],
  [Code.OutOfRange, "OUT_OF_RANGE", "caller"],
  [Code.Unimplemented, "UNIMPLEMENTED", "caller"],
  [Code.Internal, "INTERNAL", "server"],
  [Code.Unavailable, "UNAVAILABLE", "server"],
  [Code.DataLoss, "DATA_LOSS", "server"],
  [Code.Unauthenticated, "UNAUTHENTICATED", "caller"],
];

const byCode = new Map(rows.map((row) => [row[0], row]));
const byName = new Map(rows.map((row) => [row[1], row]));

/** A code's name as gRPC writes it: `NOT_FOUND`. A number that is no code is called `CODE_` and the number. */
export function statusName(code: StatusCode): string {
  return byCode.get(code)?.[1] ?? `CODE_${code}`;
}

/** The code of a name as gRPC writes it, or undefined where there is no such name. */
export function statusCode(name: string): StatusCode | undefined {
  return byName.get(name)?.[0];
}

/** Which family a code belongs to; a number that is no code is the server's fault. */
export function statusFamily(code: StatusCode): StatusFamily {
  return byCode.get(code)?.[2] ?? "server";
}
