import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { compressedFlag } from "./envelope.ts";
import type { MessageCodec } from "./message-codec.ts";
import type { RawMessage } from "./message-decoder.ts";
import type { Protocol } from "./protocol.ts";

/** What `parseMessage` needs. */
export interface ParseOptions {
  readonly codec: MessageCodec;
  readonly protocol: Protocol;
  /** The compression that the request's head names; undefined for none. */
  readonly compression: Compression | undefined;
  /** The longest message, in bytes, also once decompressed. */
  readonly maxBytes: number;
}

/**
 * Makes a message of its bytes: at once, unless they are compressed.
 *
 * @throws ConnectError with `INTERNAL` for flags that no request has, and what the codec and the compression throw.
 */
export function parseMessage({ flags, payload }: RawMessage, options: ParseOptions): Message | Promise<Message> {
  const { codec, protocol, compression, maxBytes } = options;
  if (flags === 0 && (protocol.enveloped || compression === undefined)) {
    return codec.parse(payload);
  }
  if ((flags & ~compressedFlag) !== 0) {
    throw new ConnectError(
      `the flags of a message are 0x${flags.toString(16)}, where 0 and 1 are known`,
      Code.Internal,
    );
  }
  if (compression === undefined) {
    const field = protocol.requestFields.encoding;
    throw new ConnectError(`a message is compressed, though the request has no ${field}`, Code.Internal);
  }
  return compression.decompress(payload as Uint8Array<ArrayBuffer>, maxBytes).then((bytes) => codec.parse(bytes));
}
