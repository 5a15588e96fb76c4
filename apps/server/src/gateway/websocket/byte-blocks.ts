/** Bytes that wait, first in, first out. What bounds them is the credit of who sent them. */
export interface ByteBlocks {
  /** Adds bytes, by copy where they are few, so that many small pieces take no more memory than their bytes. */
  push(bytes: Uint8Array): void;
  /** Takes the next bytes; undefined where there are none. */
  shift(): Uint8Array | undefined;
  clear(): void;
}

/** The size of the blocks that small pieces are copied to, in bytes. */
const blockSize = 16_384;

/** Pieces shorter than this are copied, in bytes. */
const smallPiece = 4_096;

interface Block {
  readonly bytes: Uint8Array;
  length: number;
}

/** Creates an empty store. */
export function createByteBlocks(): ByteBlocks {
  let blocks: Block[] = [];
  return {
    push: (bytes) => append(blocks, bytes),
    shift() {
      const block = blocks.shift();
      return block?.bytes.subarray(0, block.length);
    },
    clear() {
      blocks = [];
    },
  };
}

function append(blocks: Block[], bytes: Uint8Array): void {
  const last = blocks.at(-1);
  if (bytes.byteLength >= smallPiece) {
    blocks.push({ bytes, length: bytes.byteLength });
  } else if (last !== undefined && last.length + bytes.byteLength <= last.bytes.byteLength) {
    last.bytes.set(bytes, last.length);
    last.length += bytes.byteLength;
  } else {
    const block = new Uint8Array(blockSize);
    block.set(bytes);
    blocks.push({ bytes: block, length: bytes.byteLength });
  }
}
