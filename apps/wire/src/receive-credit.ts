import { Code, ConnectError } from "@connectrpc/connect";

/** A receiver's account of what it let the peer send. */
export interface ReceiveCredit {
  /**
   * Notes that `bytes` of data came in.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` when the peer sent more than it was given.
   */
  receive(bytes: number): void;
  /** Notes that `bytes` were used up and no longer stand in memory; gives them back once half the window has gone. */
  consume(bytes: number): void;
}

/**
 * Creates a receiver's account. At most `window` bytes that were not yet consumed can be under way or in memory.
 *
 * @param window bytes the peer could send before it was given any credit
 * @param give sends a credit frame for that many bytes
 */
export function createReceiveCredit(window: number, give: (bytes: number) => void): ReceiveCredit {
  let given = window;
  let consumed = 0;
  return {
    receive(bytes) {
      if (bytes > given) {
        throw new ConnectError(
          `the peer sent ${bytes} bytes with ${given} bytes of credit left; it must wait for more`,
          Code.ResourceExhausted,
        );
      }
      given -= bytes;
    },
    consume(bytes) {
      consumed += bytes;
      if (consumed >= window / 2) {
        given += consumed;
        give(consumed);
        consumed = 0;
      }
    },
  };
}
