import { Code, ConnectError } from "@connectrpc/connect";

/** The cause of an error that no server sent: the connection could not be made, or broke before a status came. */
export class BrokenConnection extends Error {
  override readonly name = "BrokenConnection";
}

/**
 * Creates the error of a call whose connection broke: `UNAVAILABLE`, caused by a `BrokenConnection`.
 *
 * @param message what happened, in plain words
 */
export function createConnectionError(message: string, cause?: unknown): ConnectError {
  return new ConnectError(message, Code.Unavailable, undefined, undefined, new BrokenConnection(message, { cause }));
}
