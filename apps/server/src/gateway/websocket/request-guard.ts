import { Code, ConnectError } from "@connectrpc/connect";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { messageTooLong } from "../../rpc/message-limit.ts";
import { anyMessages, createMessageGuard } from "../bridge/message-guard.ts";
import type { GatewayTarget } from "../gateway-target.ts";

/** Follows the messages of a request to another server. */
export interface RequestGuard {
  /**
   * Takes a piece, cut anywhere, and gives what may go on: a length prefix goes on once it is complete.
   *
   * @throws ConnectError with `RESOURCE_EXHAUSTED` for a message over the target's limit, before its first byte goes on,
   * and with `UNIMPLEMENTED` for a second one where there may be one.
   */
  take(chunk: Uint8Array): Uint8Array;
  /** At the end of the request: the bytes of a prefix that never became complete. */
  rest(): Uint8Array;
  /**
   * Has the request take one message, as gRPC-Web does.
   *
   * @throws ConnectError with `UNIMPLEMENTED` where there were more already.
   */
  limitToOne(): void;
}

/** Creates the guard of a request to a target. */
export function createRequestGuard({ name, maxMessageBytes }: GatewayTarget): RequestGuard {
  const guard = createMessageGuard(maxMessageBytes, anyMessages);
  let messages = 0;
  let limit = Number.POSITIVE_INFINITY;
  const count = createEnvelopeReader(() => {
    messages++;
  });

  function checkCount(): void {
    if (messages > limit) {
      throw new ConnectError(
        `the target ${JSON.stringify(name)} speaks gRPC-Web alone, whose calls take one message: ` +
          "client streams and streams both ways need a server of gRPC",
        Code.Unimplemented,
      );
    }
  }

  return {
    take(chunk) {
      count(chunk);
      checkCount();
      const passed = guard.take(chunk);
      if (guard.fault?.kind === "too-long") {
        throw messageTooLong(guard.fault.bytes, maxMessageBytes);
      }
      return passed;
    },
    rest: () => guard.rest(),
    limitToOne() {
      limit = 1;
      checkCount();
    },
  };
}
