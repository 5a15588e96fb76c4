import { describe, expect, it } from "vitest";
import { type ByteBlocks, createByteBlocks } from "./byte-blocks.ts";

function takeAll(blocks: ByteBlocks): Uint8Array[] {
  const taken: Uint8Array[] = [];
  for (let bytes = blocks.shift(); bytes !== undefined; bytes = blocks.shift()) {
    taken.push(bytes);
  }
  return taken;
}

describe("createByteBlocks()", () => {
  it("gives the bytes in order", () => {
    const blocks = createByteBlocks();
    blocks.push(Uint8Array.of(1, 2));
    blocks.push(Uint8Array.of(3));
    expect(takeAll(blocks)).toEqual([Uint8Array.of(1, 2, 3)]);
  });

  it("copies small pieces together", () => {
    const blocks = createByteBlocks();
    for (let i = 0; i < 10_000; i++) {
      blocks.push(Uint8Array.of(i));
    }
    expect(takeAll(blocks).map(({ byteLength }) => byteLength)).toEqual([10_000]);
  });

  it("passes a large piece on without a copy", () => {
    const blocks = createByteBlocks();
    const large = new Uint8Array(5_000);
    blocks.push(large);
    expect(blocks.shift()?.buffer).toBe(large.buffer);
  });

  it("keeps what is written after a large piece out of it", () => {
    const blocks = createByteBlocks();
    const backing = new Uint8Array(9_000);
    blocks.push(backing.subarray(0, 5_000));
    blocks.push(Uint8Array.of(7));
    expect(takeAll(blocks).at(-1)).toEqual(Uint8Array.of(7));
    expect(backing[5_000]).toBe(0);
  });

  it("has nothing once it was cleared", () => {
    const blocks = createByteBlocks();
    blocks.push(Uint8Array.of(1));
    blocks.clear();
    expect(blocks.shift()).toBeUndefined();
  });
});
