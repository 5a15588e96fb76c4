/** A message as it came in: its bytes, and the flags of its envelope, which are 0 where it has none. */
export interface RawMessage {
  readonly flags: number;
  readonly payload: Uint8Array;
}

/** Takes a request's body in pieces and gives its messages, each as soon as it is complete. */
export interface MessageDecoder {
  /** How many bytes it holds that no message was made of. */
  readonly heldBytes: number;
  /**
   * Takes a piece of the body, which is the decoder's from then on.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` where a message is too long to be taken.
   */
  push(chunk: Uint8Array): void;
  /**
   * Takes the end of the body.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` where it ends within a message.
   */
  finish(): void;
  /**
   * Gives the next message; undefined while there is none.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` at the prefix of a message that is too long.
   */
  take(): RawMessage | undefined;
}
