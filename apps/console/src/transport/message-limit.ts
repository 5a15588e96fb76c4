import { Code, ConnectError } from "@connectrpc/connect";

/**
 * Refuses a response message that is longer than the page takes.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED`
 */
export function refuseReceived(maxBytes: number, length: number): void {
  if (length > maxBytes) {
    throw new ConnectError(
      `the response message of ${length} bytes is over the page's limit of ${maxBytes}; ask for less at a time, ` +
        "or raise the limit in the call's options",
      Code.ResourceExhausted,
    );
  }
}

/**
 * Refuses a request message that is longer than the call's options allow.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED`
 */
export function refuseSent(maxBytes: number, length: number): void {
  if (length > maxBytes) {
    throw new ConnectError(
      `the request message of ${length} bytes is over the limit of ${maxBytes} in the call's options; nothing was sent of it`,
      Code.ResourceExhausted,
    );
  }
}
