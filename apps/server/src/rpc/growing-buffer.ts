/** The smallest block that is allocated for short pieces, in bytes. */
const minBlockBytes = 4_096;

/**
 * Pieces at least this long are kept as they are until the end, in bytes; shorter ones are gathered at once. A piece is part of
 * what Node read at a time, 64 KiB at most, which it keeps from being freed: eight times its length at worst.
 */
const minKeptBytes = 8_192;

/**
 * Gathers pieces to one block. What it takes grows with what it was given, not with what is announced. A long piece is moved
 * once, a short one a bounded number of times, however many there are.
 */
export interface GrowingBuffer {
  readonly byteLength: number;
  /** Takes a piece, which is the buffer's from then on. */
  append(bytes: Uint8Array): void;
  /** Gives the bytes and starts anew. */
  take(): Uint8Array;
}

/** Creates an empty one. */
export function createGrowingBuffer(): GrowingBuffer {
  return new Pieces();
}

class Pieces implements GrowingBuffer {
  byteLength = 0;
  #kept: Uint8Array[] = [];
  /** Where short pieces go, behind what is kept. */
  #block: Buffer | undefined = undefined;
  #blockLength = 0;

  append(bytes: Uint8Array): void {
    this.byteLength += bytes.byteLength;
    if (bytes.byteLength >= minKeptBytes) {
      this.#keepBlock();
      this.#kept.push(bytes);
      return;
    }
    const needed = this.#blockLength + bytes.byteLength;
    const before = this.#block;
    if (before === undefined || needed > before.byteLength) {
      const block = Buffer.allocUnsafeSlow(Math.max(minBlockBytes, needed, 2 * this.#blockLength));
      before?.copy(block, 0, 0, this.#blockLength);
      this.#block = block;
    }
    this.#block?.set(bytes, this.#blockLength);
    this.#blockLength = needed;
  }

  take(): Uint8Array {
    this.#keepBlock();
    const [first] = this.#kept;
    const bytes = this.#kept.length === 1 && first !== undefined ? first : Buffer.concat(this.#kept, this.byteLength);
    this.#kept = [];
    this.byteLength = 0;
    return bytes;
  }

  #keepBlock(): void {
    if (this.#block !== undefined) {
      this.#kept.push(this.#block.subarray(0, this.#blockLength));
      this.#block = undefined;
      this.#blockLength = 0;
    }
  }
}
