/** Bytes on their way from one who pushes to one who reads. What bounds them is the credit of who pushes. */
export interface ByteQueue extends AsyncIterable<Uint8Array> {
  /** Adds bytes, by copy where they are few, so that many small pieces take no more memory than their bytes. */
  push(bytes: Uint8Array): void;
  /** No more will come: what is there can still be read. */
  end(): void;
  /** Drops what is there; the reader gets the error. */
  fail(error: Error): void;
}

/** The size of the blocks that small pieces are copied to, in bytes. */
const blockSize = 16_384;

/** Pieces shorter than this are copied, in bytes. */
const smallPiece = 4_096;

interface Block {
  bytes: Uint8Array;
  length: number;
}

/**
 * Creates a queue for one reader.
 *
 * @param onRead called with the length of each piece that the reader took
 */
export function createByteQueue(onRead: (bytes: number) => void): ByteQueue {
  let blocks: Block[] = [];
  let state: { readonly kind: "open" | "ended" } | { readonly kind: "failed"; readonly error: Error } = {
    kind: "open",
  };
  let wake: (() => void) | undefined;

  function change(next: typeof state): void {
    if (state.kind !== "failed") {
      state = next;
    }
    wake?.();
  }

  async function next(): Promise<IteratorResult<Uint8Array>> {
    while (blocks.length === 0 && state.kind === "open") {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (state.kind === "failed") {
      throw state.error;
    }
    const block = blocks.shift();
    if (block === undefined) {
      return { done: true, value: undefined };
    }
    onRead(block.length);
    return { done: false, value: block.bytes.subarray(0, block.length) };
  }

  return {
    push(bytes) {
      if (bytes.byteLength > 0 && state.kind === "open") {
        append(blocks, bytes);
        wake?.();
      }
    },
    end: () => change({ kind: "ended" }),
    fail(error) {
      blocks = [];
      change({ kind: "failed", error });
    },
    [Symbol.asyncIterator]: () => ({ next }),
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
