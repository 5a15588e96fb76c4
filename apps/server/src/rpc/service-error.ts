import { Code, ConnectError } from "@connectrpc/connect";

/** What a service threw, as the caller and the log get to see it. */
export interface ServiceError {
  readonly error: ConnectError;
  /** What is for the log alone; undefined where the service answered with an error of its own. */
  readonly fault: unknown;
}

/** Turns whatever was thrown to a ConnectError. Anything unknown becomes `INTERNAL` with a text that tells nothing. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ConnectError) {
    return { error: thrown, fault: thrown.code === Code.Internal ? thrown.cause : undefined };
  }
  const fault = thrown ?? new Error(`a service threw ${thrown}`);
  return { error: new ConnectError("internal error", Code.Internal), fault };
}
