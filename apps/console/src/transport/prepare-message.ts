import { encodeEnvelope } from "@connectrpc/connect/protocol";
import type { CallOptions, CompressionName } from "../call/call-options.ts";
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
 * Prepares a message that is alone in its envelope, uncompressed. Waits for nothing where there is nothing to compress.
 *
 * @throws ConnectError with `RESOURCE_EXHAUSTED` for one over the limit
 */
export function prepareEnvelope(
  envelope: Uint8Array,
  format: WireMessage["format"],
  { requestCompression, maxSentBytes }: SendOptions,
): PreparedMessage | Promise<PreparedMessage> {
  const [flags = 0] = envelope;
  const payload = envelope.subarray(prefixLength);
  refuseSent(maxSentBytes, payload.byteLength);
  if (requestCompression !== undefined) {
    return compressEnvelope({ flags: flags | compressedFlag, payload, format, compression: requestCompression });
  }
  const carriedBytes = payload.byteLength;
  return { bytes: envelope, message: { flags, carriedBytes, payload, format, compression: undefined } };
}

type Uncarried = Pick<WireMessage, "payload" | "format"> & { readonly flags: number; compression: CompressionName };

async function compressEnvelope(message: Uncarried): Promise<PreparedMessage> {
  const carried = await compress(message.compression, message.payload);
  return {
    bytes: encodeEnvelope(message.flags, carried),
    message: { ...message, carriedBytes: carried.byteLength },
  };
}
