import { Code, ConnectError } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { createEnvelopeReader, type WireEnvelope } from "@switchboard/wire/envelope-reader.ts";
import { maxHeaderBlockBytes } from "@switchboard/wire/header-block.ts";
import type { CompressionName } from "../call/call-options.ts";
import type { WireMessage } from "../call/wire-message.ts";
import { decompress } from "./compression.ts";
import type { ResponseCompression } from "./compression-fields.ts";
import { compressedFlag, endFlags } from "./envelope-flags.ts";
import { joinBytes } from "./join-bytes.ts";
import { refuseReceived } from "./message-limit.ts";

/** What reads the messages of a response. */
export interface MessageReaderOptions {
  readonly compression: ResponseCompression;
  /** What the messages are. */
  readonly format: WireMessage["format"];
  /** The longest message, in bytes, both as carried and decompressed. A longer one is refused at its announced length. */
  readonly maxMessageBytes: number;
  /** Is told each message once all of it is there. */
  readonly onMessage: (message: WireMessage) => void;
  /** Is told the envelope that ends the response; the payload is undefined where it is too long to be shown. */
  readonly onEnd: (flags: number, payload: Uint8Array | undefined) => void;
}

/**
 * Takes the next bytes of a response, cut anywhere, and gives what the library is to read: those bytes, or the messages in
 * them decompressed. Throws, or rejects, where nobody may have them: a message over the limit or compressed unasked,
 * anything after the end.
 */
export type MessageReader = (
  chunk: Uint8Array<ArrayBuffer>,
) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;

/** The longest end of a stream that is kept to be shown. */
const maxEndLength = maxHeaderBlockBytes;

/** Creates the reader of one response. */
export function createMessageReader(options: MessageReaderOptions): MessageReader {
  const { name } = options.compression;
  return name === undefined ? readPlain(options) : readCompressed(name, options);
}

function readPlain(options: MessageReaderOptions): MessageReader {
  const end = watchEnd(options);
  const { format, onMessage } = options;
  const read = createEnvelopeReader(
    ({ flags, length, payload }) => {
      if (!end.take(flags, payload) && payload !== undefined) {
        onMessage({ flags, carriedBytes: length, payload, format, compression: undefined });
      }
    },
    {
      keepPayload(flags, length) {
        end.check(flags, length);
        return (flags & endFlags) === 0 || length <= maxEndLength;
      },
    },
  );
  return (chunk) => {
    read(chunk);
    return chunk;
  };
}

function readCompressed(name: CompressionName, options: MessageReaderOptions): MessageReader {
  const end = watchEnd(options);
  const { format, onMessage, maxMessageBytes } = options;
  let complete: WireEnvelope[] = [];
  const read = createEnvelopeReader((envelope) => complete.push(envelope), {
    keepPayload(flags, length) {
      end.check(flags, length);
      return true;
    },
  });

  async function readEnvelope({ flags, length, payload: carried = new Uint8Array() }: WireEnvelope) {
    const compression = (flags & compressedFlag) === 0 ? undefined : name;
    const payload = compression === undefined ? carried : await decompress(name, carried, maxMessageBytes);
    if (!end.take(flags, payload)) {
      onMessage({ flags, carriedBytes: length, payload, format, compression });
    }
    return encodeEnvelope(flags & ~compressedFlag, payload);
  }

  return async (chunk) => {
    read(chunk);
    const envelopes = complete;
    complete = [];
    const plain: Uint8Array<ArrayBuffer>[] = [];
    for (const envelope of envelopes) {
      plain.push(await readEnvelope(envelope));
    }
    return joinBytes(plain);
  };
}

interface EndWatch {
  /** Refuses an envelope at its prefix. */
  check(flags: number, length: number): void;
  /** Whether an envelope is the response's end, which is told then. */
  take(flags: number, payload: Uint8Array | undefined): boolean;
}

function watchEnd({ compression, maxMessageBytes, onEnd }: MessageReaderOptions): EndWatch {
  let isOver = false;
  return {
    check(flags, length) {
      if (isOver) {
        throw new ConnectError("protocol error: the server sent more after the call's status", Code.InvalidArgument);
      }
      if ((flags & compressedFlag) !== 0 && compression.name === undefined) {
        throw new ConnectError(compressedUnasked(compression), Code.Internal);
      }
      refuseReceived(maxMessageBytes, length);
    },
    take(flags, payload) {
      if ((flags & endFlags) === 0) {
        return false;
      }
      isOver = true;
      onEnd(flags, payload);
      return true;
    },
  };
}

function compressedUnasked({ named }: ResponseCompression): string {
  const by =
    named === undefined ? "without naming a compression" : `with ${JSON.stringify(named.slice(0, 40))}, unasked`;
  return `protocol error: the server compressed a message ${by}`;
}
