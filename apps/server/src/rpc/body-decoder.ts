import { createGrowingBuffer, type GrowingBuffer } from "./growing-buffer.ts";
import type { MessageDecoder, RawMessage } from "./message-decoder.ts";
import { messageTooLong } from "./message-limit.ts";

/** Creates the decoder of a body that is a single message of `maxBytes` at most, without a prefix. */
export function createBodyDecoder(maxBytes: number): MessageDecoder {
  return new BodyDecoder(maxBytes);
}

const empty = new Uint8Array(0);

/** A class, since every call makes one: its methods stand on the prototype. */
class BodyDecoder implements MessageDecoder {
  heldBytes = 0;
  readonly #maxBytes: number;
  /** The whole of a body that comes in one piece. */
  #single: Uint8Array = empty;
  #block: GrowingBuffer | undefined = undefined;
  #state: "open" | "complete" | "taken" = "open";

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    this.heldBytes += chunk.byteLength;
    if (this.heldBytes > this.#maxBytes) {
      throw messageTooLong(this.heldBytes, this.#maxBytes);
    }
    if (this.heldBytes === chunk.byteLength) {
      this.#single = chunk;
      return;
    }
    if (this.#block === undefined) {
      this.#block = createGrowingBuffer();
      this.#block.append(this.#single);
    }
    this.#block.append(chunk);
  }

  finish(): void {
    this.#state = "complete";
  }

  take(): RawMessage | undefined {
    if (this.#state !== "complete") {
      return undefined;
    }
    this.#state = "taken";
    return { flags: 0, payload: this.#block === undefined ? this.#single : this.#block.take() };
  }
}
