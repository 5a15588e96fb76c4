import { createEnvelopeReader, type WireEnvelope } from "@switchboard/wire/envelope-reader.ts";
import { defaultCallOptions } from "../../call/call-options.ts";
import { createFifo } from "../../call/fifo.ts";
import type { WireMessage } from "../../call/wire-message.ts";
import { prepareEnvelope, type SendOptions } from "../prepare-message.ts";

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
export function createOutgoing(body: AsyncIterable<Uint8Array>, outgoing: OutgoingOptions): Outgoing {
  const { requestCompression, maxSentBytes } = outgoing.options;
  const isAsIs = requestCompression === undefined && maxSentBytes === defaultCallOptions.maxSentBytes;
  return isAsIs ? passMessages(body, outgoing) : prepareMessages(body, outgoing);
}

/** Where there is nothing to do to a message, it isn't waited for, since a stream has many. */
function passMessages(body: AsyncIterable<Uint8Array>, { onSent }: OutgoingOptions): Outgoing {
  const tell = ({ flags, length, payload }: WireEnvelope) => {
    if (payload !== undefined) {
      onSent({ flags, carriedBytes: length, payload, format: "binary", compression: undefined });
    }
  };
  return { body, onSent: createEnvelopeReader(tell, { keepPayload: () => true }) };
}

function prepareMessages(body: AsyncIterable<Uint8Array>, { options, onSent }: OutgoingOptions): Outgoing {
  const prepared = createFifo<WireMessage>();

  async function* prepare(): AsyncGenerator<Uint8Array> {
    for await (const envelope of body) {
      const { bytes, message } = await prepareEnvelope(envelope, "binary", options);
      prepared.push(message);
      yield bytes;
    }
  }

  return {
    body: prepare(),
    onSent: createEnvelopeReader(() => {
      const message = prepared.shift();
      if (message !== undefined) {
        onSent(message);
      }
    }),
  };
}
