import { Code, ConnectError } from "@connectrpc/connect";

/**
 * Refuses a response message that is longer than the page takes.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED`
 */
export function refuseOver(maxMessageBytes: number, length: number): void {
  if (length > maxMessageBytes) {
    throw new ConnectError(
      `the response message of ${length} bytes is over the page's limit of ${maxMessageBytes}; ask for less at a time`,
      Code.ResourceExhausted,
    );
  }
}
