import { encodeEnvelope } from "@connectrpc/connect/protocol";
import type { CallOptions } from "../call/call-options.ts";
import type { WireMessage } from "../call/wire-message.ts";
import { compress } from "./compression.ts";
import { compressedFlag } from "./envelope-flags.ts";
import { refuseSent } from "./message-limit.ts";

/** What of a call's options is about the messages that it sends. */
export type SendOptions = Pick<CallOptions, "requestCompression" | "maxSentBytes">;

/** A request message that is ready to be sent. */
export interface PreparedMessage {
  /** What goes over the wire: the payload, or its envelope. */
  readonly bytes: Uint8Array;
  /** What to tell once it was sent. */
  readonly message: WireMessage;
}

/** The length of what stands before an envelope's payload. */
const prefixLength = 5;

/**
 * Prepares a message that goes without an envelope.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED` for one over the limit
 */
export async function prepareBody(
  payload: Uint8Array,
  format: WireMessage["format"],
  { requestCompression, maxSentBytes }: SendOptions,
): Promise<PreparedMessage> {
  refuseSent(maxSentBytes, payload.byteLength);
  const bytes = requestCompression === undefined ? payload : await compress(requestCompression, payload);
  const compression = requestCompression;
  return { bytes, message: { flags: undefined, carriedBytes: bytes.byteLength, payload, format, compression } };
}

/**
 * Prepares a message that is alone in its envelope, uncompressed.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED` for one over the limit
 */
export async function prepareEnvelope(
  envelope: Uint8Array,
  format: WireMessage["format"],
  { requestCompression, maxSentBytes }: SendOptions,
): Promise<PreparedMessage> {
  const [flags = 0] = envelope;
  const payload = envelope.subarray(prefixLength);
  refuseSent(maxSentBytes, payload.byteLength);
  if (requestCompression === undefined) {
    const carriedBytes = payload.byteLength;
    return { bytes: envelope, message: { flags, carriedBytes, payload, format, compression: undefined } };
  }
  const carried = await compress(requestCompression, payload);
  const carriedFlags = flags | compressedFlag;
  const carriedBytes = carried.byteLength;
  return {
    bytes: encodeEnvelope(carriedFlags, carried),
    message: { flags: carriedFlags, carriedBytes, payload, format, compression: requestCompression },
  };
}
