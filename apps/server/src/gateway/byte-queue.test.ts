import { describe, expect, it } from "vitest";
import { createByteQueue } from "./byte-queue.ts";

async function readAll(source: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const piece of source) {
    bytes.push(...piece);
  }
  return bytes;
}

describe("createByteQueue()", () => {
  it("gives the bytes in order, then ends", async () => {
    const queue = createByteQueue(() => {});
    queue.push(Uint8Array.of(1, 2));
    queue.push(Uint8Array.of(3));
    queue.end();
    expect(await readAll(queue)).toEqual([1, 2, 3]);
  });

  it("copies small pieces together", async () => {
    const read: number[] = [];
    const queue = createByteQueue((bytes) => read.push(bytes));
    for (let i = 0; i < 10_000; i++) {
      queue.push(Uint8Array.of(i));
    }
    queue.end();
    await readAll(queue);
    expect(read).toEqual([10_000]);
  });

  it("passes a large piece on without a copy", async () => {
    const queue = createByteQueue(() => {});
    const large = new Uint8Array(5_000);
    queue.push(large);
    const { value } = await queue[Symbol.asyncIterator]().next();
    expect(value.buffer).toBe(large.buffer);
  });

  it("keeps what is written after a large piece out of it", async () => {
    const queue = createByteQueue(() => {});
    const backing = new Uint8Array(9_000);
    queue.push(backing.subarray(0, 5_000));
    queue.push(Uint8Array.of(7));
    queue.end();
    expect((await readAll(queue)).at(-1)).toBe(7);
    expect(backing[5_000]).toBe(0);
  });

  it("wakes a reader that waits", async () => {
    const queue = createByteQueue(() => {});
    const next = queue[Symbol.asyncIterator]().next();
    queue.push(Uint8Array.of(1));
    expect((await next).value).toEqual(Uint8Array.of(1));
  });

  it("drops what is there when it fails", async () => {
    const queue = createByteQueue(() => {});
    queue.push(Uint8Array.of(1));
    queue.fail(new Error("gone"));
    queue.end();
    await expect(readAll(queue)).rejects.toThrow("gone");
  });
});
