import { Code, ConnectError } from "@connectrpc/connect";

const maxQuoted = 50;

/** The error for a timeout's field that is none. */
export function malformedTimeout(name: string, value: string, allowed: string): ConnectError {
  return new ConnectError(
    `${name} ${JSON.stringify(value.slice(0, maxQuoted))} is not ${allowed}`,
    Code.InvalidArgument,
  );
}
