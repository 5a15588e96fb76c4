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
  const tell = createTeller(options);
  const read = createEnvelopeReader(
    ({ flags, length, payload }) => tell({ flags, carriedBytes: length, payload, compression: undefined }),
    {
      keepPayload: (flags, length) => {
        tell.check(flags, length);
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
  const tell = createTeller(options);
  let complete: WireEnvelope[] = [];
  const read = createEnvelopeReader((envelope) => complete.push(envelope), {
    keepPayload: (flags, length) => {
      tell.check(flags, length);
      return true;
    },
  });

  async function readEnvelope({ flags, length, payload = new Uint8Array() }: WireEnvelope) {
    const isCompressed = (flags & compressedFlag) !== 0;
    const plain = isCompressed ? await decompress(name, payload, options.maxMessageBytes) : payload;
    tell({ flags, carriedBytes: length, payload: plain, compression: isCompressed ? name : undefined });
    return encodeEnvelope(flags & ~compressedFlag, plain);
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

interface Teller {
  (
    envelope: Pick<WireMessage, "carriedBytes" | "compression"> & { flags: number; payload: Uint8Array | undefined },
  ): void;
  /** Refuses an envelope at its prefix. */
  check(flags: number, length: number): void;
}

function createTeller({ compression, format, maxMessageBytes, onMessage, onEnd }: MessageReaderOptions): Teller {
  let isOver = false;
  const tell: Teller = ({ flags, carriedBytes, payload, compression: applied }) => {
    if ((flags & endFlags) !== 0) {
      isOver = true;
      onEnd(flags, payload);
    } else if (payload !== undefined) {
      onMessage({ flags, carriedBytes, payload, format, compression: applied });
    }
  };
  tell.check = (flags, length) => {
    if (isOver) {
      throw new ConnectError("protocol error: the server sent more after the call's status", Code.InvalidArgument);
    }
    if ((flags & compressedFlag) !== 0 && compression.name === undefined) {
      throw new ConnectError(compressedUnasked(compression), Code.Internal);
    }
    refuseReceived(maxMessageBytes, length);
  };
  return tell;
}

function compressedUnasked({ named }: ResponseCompression): string {
  const by =
    named === undefined ? "without naming a compression" : `with ${JSON.stringify(named.slice(0, 40))}, unasked`;
  return `protocol error: the server compressed a message ${by}`;
}
