import type { Compression } from "@connectrpc/connect/protocol";
import { compressedFlag, prefixLength, writeEnvelope } from "./envelope.ts";
import { encodeText } from "./grpc-web/encode-text.ts";

/** Writes the messages of a stream. Those that are made in one turn leave together. */
export interface MessageWriter {
  /** Takes a message. What it gives must be awaited before the next, where it is a promise. */
  write(message: Uint8Array): void | Promise<void>;
  /** Takes an envelope that isn't to be compressed. */
  writeEnvelope(flags: number, payload: Uint8Array): void;
  /** Hands over what was gathered. */
  flush(): void;
}

/** What `createMessageWriter` needs. */
export interface MessageWriterOptions {
  /** The compression of messages of `compressMinBytes` and more; undefined for none. */
  readonly compression: Compression | undefined;
  readonly compressMinBytes: number;
  /** Whether the body is written in base64. Each piece is padded, so that the client can read it at once. */
  readonly text: boolean;
  /** Takes a piece of the body. */
  readonly send: (bytes: Uint8Array) => void;
}

/** How much is gathered at most, in bytes: what goes into one HTTP/2 frame, unless a message is longer. */
const maxGatheredBytes = 16_384;

/** Creates the writer of a stream's messages. */
export function createMessageWriter(options: MessageWriterOptions): MessageWriter {
  return new GatheringWriter(options);
}

class GatheringWriter implements MessageWriter {
  readonly #options: MessageWriterOptions;
  readonly #payloads: Uint8Array[] = [];
  readonly #flags: number[] = [];
  #bytes = 0;
  #scheduled = false;

  constructor(options: MessageWriterOptions) {
    this.#options = options;
  }

  write(message: Uint8Array): void | Promise<void> {
    const { compression, compressMinBytes } = this.#options;
    if (compression === undefined || message.byteLength < compressMinBytes) {
      this.writeEnvelope(0, message);
      return;
    }
    return compression.compress(message).then((bytes) => this.writeEnvelope(compressedFlag, bytes));
  }

  writeEnvelope(flags: number, payload: Uint8Array): void {
    this.#payloads.push(payload);
    this.#flags.push(flags);
    this.#bytes += prefixLength + payload.byteLength;
    if (this.#bytes >= maxGatheredBytes) {
      this.flush();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      // Runs when the service has nothing more to give without waiting.
      process.nextTick(flushLater, this);
    }
  }

  flush(): void {
    if (this.#bytes === 0) {
      return;
    }
    const block = Buffer.allocUnsafe(this.#bytes);
    let at = 0;
    for (let i = 0; i < this.#payloads.length; i++) {
      at = writeEnvelope(block, at, this.#flags[i] ?? 0, this.#payloads[i] as Uint8Array);
    }
    this.#payloads.length = 0;
    this.#flags.length = 0;
    this.#bytes = 0;
    this.#options.send(this.#options.text ? encodeText(block) : block);
  }

  flushScheduled(): void {
    this.#scheduled = false;
    this.flush();
  }
}

function flushLater(writer: GatheringWriter): void {
  writer.flushScheduled();
}
