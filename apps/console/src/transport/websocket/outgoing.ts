import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { createFifo } from "../../call/fifo.ts";
import type { WireMessage } from "../../call/wire-message.ts";
import { type PreparedMessage, prepareEnvelope, type SendOptions } from "../prepare-message.ts";

/** A request's messages on their way to a socket. */
export interface Outgoing {
  /** Length-prefixed messages, as they go over the wire. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Takes what was handed to the socket, cut anywhere. */
  readonly onSent: (bytes: Uint8Array) => void;
}

/** How messages go out. */
export interface OutgoingOptions {
  readonly options: SendOptions;
  /** Is told each message once all of it was handed to the socket. */
  readonly onSent: (message: WireMessage) => void;
}

/**
 * Limits and compresses the messages of a body, each in an envelope by itself. Reading the outgoing body throws a
 * ConnectError with `RESOURCE_EXHAUSTED` at a message over the limit.
 */
export function createOutgoing(body: AsyncIterable<Uint8Array>, { options, onSent }: OutgoingOptions): Outgoing {
  const prepared = createFifo<WireMessage>();

  const take = ({ bytes, message }: PreparedMessage): IteratorResult<Uint8Array> => {
    prepared.push(message);
    return { done: false, value: bytes };
  };
  const prepare = (result: IteratorResult<Uint8Array>) => {
    if (result.done === true) {
      return result;
    }
    const ready = prepareEnvelope(result.value, "binary", options);
    return ready instanceof Promise ? ready.then(take) : take(ready);
  };

  return {
    // By hand rather than by a generator, since a stream has many messages and each would wait three times more.
    body: {
      [Symbol.asyncIterator]() {
        const source = body[Symbol.asyncIterator]();
        return { next: () => source.next().then(prepare), return: source.return?.bind(source) };
      },
    },
    onSent: createEnvelopeReader(() => {
      const message = prepared.shift();
      if (message !== undefined) {
        onSent(message);
      }
    }),
  };
}
