import { createGrowingBuffer } from "./growing-buffer.ts";
import type { MessageDecoder } from "./message-decoder.ts";
import { messageTooLong } from "./message-limit.ts";

/** Creates the decoder of a body that is a single message of `maxBytes` at most, without a prefix. */
export function createBodyDecoder(maxBytes: number): MessageDecoder {
  const block = createGrowingBuffer();
  let single: Uint8Array | undefined;
  let heldBytes = 0;
  let state: "open" | "complete" | "taken" = "open";
  return {
    get heldBytes() {
      return heldBytes;
    },
    push(chunk) {
      heldBytes += chunk.byteLength;
      if (heldBytes > maxBytes) {
        throw messageTooLong(heldBytes, maxBytes);
      }
      if (heldBytes === chunk.byteLength) {
        single = chunk;
        return;
      }
      if (single !== undefined) {
        block.append(single);
        single = undefined;
      }
      block.append(chunk);
    },
    finish() {
      state = "complete";
    },
    take() {
      if (state !== "complete") {
        return undefined;
      }
      state = "taken";
      return { flags: 0, payload: single ?? block.take() };
    },
  };
}
