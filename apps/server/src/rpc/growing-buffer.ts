/** The smallest block, in bytes. */
const minBlockBytes = 4_096;

/**
 * Gathers pieces to one block. It takes no more memory than twice what it was given, however much is announced, and
 * each byte is moved a bounded number of times, however small the pieces are.
 */
export interface GrowingBuffer {
  readonly byteLength: number;
  append(bytes: Uint8Array): void;
  /** Gives the bytes and starts anew. */
  take(): Uint8Array;
}

/** Creates an empty one. */
export function createGrowingBuffer(): GrowingBuffer {
  return new Block();
}

class Block implements GrowingBuffer {
  byteLength = 0;
  #block: Buffer | undefined = undefined;

  append(bytes: Uint8Array): void {
    const needed = this.byteLength + bytes.byteLength;
    const before = this.#block;
    if (before === undefined || needed > before.byteLength) {
      const block = Buffer.allocUnsafeSlow(Math.max(minBlockBytes, needed, 2 * this.byteLength));
      before?.copy(block, 0, 0, this.byteLength);
      this.#block = block;
    }
    this.#block?.set(bytes, this.byteLength);
    this.byteLength = needed;
  }

  take(): Uint8Array {
    const bytes = this.#block?.subarray(0, this.byteLength) ?? new Uint8Array(0);
    this.#block = undefined;
    this.byteLength = 0;
    return bytes;
  }
}
