import { Code, ConnectError } from "@connectrpc/connect";
import { prefixLength } from "./envelope.ts";
import { createGrowingBuffer, type GrowingBuffer } from "./growing-buffer.ts";
import type { MessageDecoder, RawMessage } from "./message-decoder.ts";
import { messageTooLong } from "./message-limit.ts";

/** Creates the decoder of a body of length-prefixed messages, each of `maxBytes` at most. */
export function createEnvelopeDecoder(maxBytes: number): MessageDecoder {
  return new EnvelopeDecoder(maxBytes);
}

const empty = new Uint8Array(0);

/** A class, since every call makes one: its methods stand on the prototype. */
class EnvelopeDecoder implements MessageDecoder {
  heldBytes = 0;
  readonly #maxBytes: number;
  #chunk: Uint8Array = empty;
  #at = 0;
  /** Chunks behind the first; undefined where there was never a second. */
  #later: Uint8Array[] | undefined = undefined;
  #prefixBytes = 0;
  #flags = 0;
  #length = 0;
  /** What has come of a message that doesn't end in the chunk in which it begins. */
  #block: GrowingBuffer | undefined = undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    this.heldBytes += chunk.byteLength;
    if (this.#at === this.#chunk.byteLength) {
      this.#chunk = chunk;
      this.#at = 0;
    } else {
      this.#later ??= [];
      this.#later.push(chunk);
    }
  }

  take(): RawMessage | undefined {
    while (this.#fill()) {
      const message = this.#prefixBytes < prefixLength ? this.#readPrefix() : this.#readPayload();
      if (message !== undefined) {
        this.heldBytes -= prefixLength + message.payload.byteLength;
        this.#prefixBytes = 0;
        return message;
      }
    }
    return undefined;
  }

  finish(): void {
    if (this.heldBytes > 0) {
      const message = `the request ended within a message: ${this.heldBytes} bytes of it arrived`;
      throw new ConnectError(message, Code.InvalidArgument);
    }
  }

  /** Whether there is a byte to read. */
  #fill(): boolean {
    if (this.#at === this.#chunk.byteLength) {
      this.#chunk = this.#later?.shift() ?? empty;
      this.#at = 0;
    }
    return this.#at < this.#chunk.byteLength;
  }

  /** Reads on in the prefix. A message without a payload is complete with it. */
  #readPrefix(): RawMessage | undefined {
    while (this.#prefixBytes < prefixLength && this.#at < this.#chunk.byteLength) {
      const byte = this.#chunk[this.#at++] ?? 0;
      if (this.#prefixBytes === 0) {
        this.#flags = byte;
        this.#length = 0;
      } else {
        this.#length = this.#length * 256 + byte;
      }
      this.#prefixBytes++;
    }
    if (this.#prefixBytes < prefixLength) {
      return undefined;
    }
    if (this.#length > this.#maxBytes) {
      throw messageTooLong(this.#length, this.#maxBytes);
    }
    return this.#length === 0 ? { flags: this.#flags, payload: empty } : undefined;
  }

  #readPayload(): RawMessage | undefined {
    const gathered = this.#block?.byteLength ?? 0;
    const end = Math.min(this.#chunk.byteLength, this.#at + this.#length - gathered);
    const part = this.#chunk.subarray(this.#at, end);
    this.#at = end;
    if (part.byteLength === this.#length) {
      return { flags: this.#flags, payload: part };
    }
    this.#block ??= createGrowingBuffer();
    this.#block.append(part);
    return this.#block.byteLength === this.#length ? { flags: this.#flags, payload: this.#block.take() } : undefined;
  }
}
