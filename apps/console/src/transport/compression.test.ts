import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { Code, ConnectError } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compressionNames } from "../call/call-options.ts";
import { compress, decompress } from "./compression.ts";

const peers = {
  gzip: { compress: gzipSync, decompress: gunzipSync },
  deflate: { compress: deflateSync, decompress: inflateSync },
};
const limit = 100_000;
const bytesOf = (buffer: Buffer) => new Uint8Array(buffer);

async function failureOf(promise: Promise<unknown>): Promise<ConnectError> {
  return promise.then(
    () => expect.unreachable(),
    (error) => ConnectError.from(error),
  );
}

describe.each(compressionNames)("%s", (name) => {
  it("is what others write and read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40_000, size: "max" }), async (bytes) => {
        expect(bytesOf(peers[name].decompress(await compress(name, bytes)))).toEqual(bytes);
        expect(await decompress(name, bytesOf(peers[name].compress(bytes)), limit)).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it("takes a message as long as the limit, and refuses a longer one with both figures", async () => {
    expect(await decompress(name, bytesOf(peers[name].compress(Buffer.alloc(limit))), limit)).toHaveLength(limit);
    const over = await failureOf(decompress(name, bytesOf(peers[name].compress(Buffer.alloc(limit + 1))), limit));
    expect(over.code).toBe(Code.ResourceExhausted);
    expect(over.rawMessage).toMatch(/holds 100001 bytes or more, which is over the page's limit of 100000/);
  });

  it("stops at the limit in a message that would be a thousand times as long", async () => {
    const bomb = bytesOf(peers[name].compress(Buffer.alloc(100_000_000)));
    const error = await failureOf(decompress(name, bomb, limit));
    const held = Number(/holds (\d+) bytes/.exec(error.rawMessage)?.[1]);
    expect(held).toBeGreaterThan(limit);
    expect(held).toBeLessThan(1_000_000);
  });

  it.each([
    ["bytes that were never compressed", Uint8Array.of(1, 2, 3)],
    ["nothing", new Uint8Array()],
    ["a message that breaks off", bytesOf(peers[name].compress("Ada").subarray(0, -3))],
    ["more after the end", bytesOf(Buffer.concat([peers[name].compress("Ada"), Buffer.from("x")]))],
  ])("refuses %s", async (_, bytes) => {
    const error = await failureOf(decompress(name, bytes, limit));
    expect(error.code).toBe(Code.Internal);
    expect(error.rawMessage).toContain(`of ${bytes.byteLength} bytes that is not compressed with ${name}`);
  });
});
