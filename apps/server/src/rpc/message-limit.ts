import { Code, ConnectError } from "@connectrpc/connect";

/** The error for a message of a client that is longer than the server takes. */
export function messageTooLong(bytes: number, maxBytes: number): ConnectError {
  return new ConnectError(
    `a message of ${bytes} bytes is longer than the limit of ${maxBytes} bytes`,
    Code.ResourceExhausted,
  );
}

/** The error for a message of a service that is longer than the server sends. */
export function answerTooLong(bytes: number, maxBytes: number): ConnectError {
  return new ConnectError(
    `the answer has a message of ${bytes} bytes, longer than the limit of ${maxBytes} bytes`,
    Code.ResourceExhausted,
  );
}
