import { malformedTimeout } from "../timeout-error.ts";

/** The field that carries the timeout. */
export const timeoutField = "connect-timeout-ms";

/**
 * Reads a timeout, in milliseconds: at most ten digits (https://connectrpc.com/docs/protocol).
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for anything else.
 */
export function parseTimeout(value: string): number {
  if (!/^\d{1,10}$/.test(value)) {
    throw malformedTimeout(timeoutField, value, "one to ten digits, in milliseconds");
  }
  return Number(value);
}
