import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { CompressionChoice } from "./compression.ts";
import { compressedFlag } from "./envelope.ts";
import type { RawMessage } from "./message-decoder.ts";
import type { PreparedCall } from "./prepare-call.ts";
import type { Route } from "./route.ts";

/** What `parseMessage` needs. */
export interface ParseOptions {
  readonly route: Route;
  readonly prepared: PreparedCall;
  readonly compression: CompressionChoice;
}

/**
 * Makes a message of its bytes: at once, unless they are compressed.
 *
 * @throws ConnectError with `INTERNAL` for flags that no request has, and what the codec and the compression throw.
 */
export function parseMessage({ flags, payload }: RawMessage, options: ParseOptions): Message | Promise<Message> {
  const { route, prepared } = options;
  const { protocol } = prepared;
  const codec = route.codecs[prepared.codec];
  const compression = options.compression.request;
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
  return compression
    .decompress(payload as Uint8Array<ArrayBuffer>, route.readMaxBytes)
    .then((bytes) => codec.parse(bytes));
}
