import { Code, ConnectError } from "@connectrpc/connect";
import type { Protocol } from "./protocol.ts";

/**
 * The longest deadline that is kept, in milliseconds: whole seconds of almost 25 days, the most that a timer can wait.
 */
export const maxDeadlineMs = 2_147_483_000;

/**
 * Reads the deadline of a call, in milliseconds from now. One beyond `maxDeadlineMs` is shortened: a deadline of a year
 * is a long one, where a timer of a year would fire at once.
 *
 * @param value that of the protocol's field
 * @param maxTimeoutMs the longest that the server allows
 * @throws ConnectError with `INVALID_ARGUMENT` where it is malformed or too long, and with `DEADLINE_EXCEEDED` where it
 * is 0.
 */
export function readDeadline(value: string, protocol: Protocol, maxTimeoutMs: number): number {
  const { timeout } = protocol.requestFields;
  const ms = protocol.parseTimeout(value);
  if (ms === 0) {
    throw new ConnectError(`the deadline has passed: ${timeout} is 0`, Code.DeadlineExceeded);
  }
  if (ms > maxTimeoutMs) {
    throw new ConnectError(
      `${timeout} asks for ${ms} milliseconds, more than the limit of ${maxTimeoutMs}`,
      Code.InvalidArgument,
    );
  }
  return Math.min(ms, maxDeadlineMs);
}
