import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { readAllSizeDelimited, readSizeDelimited, writeSizeDelimited } from "./size-delimited.ts";

async function written(...messages: readonly string[]): Promise<Buffer> {
  const output = new PassThrough();
  for (const message of messages) {
    writeSizeDelimited(output, Buffer.from(message));
  }
  output.end();
  return await buffer(output);
}

async function readInPieces(bytes: Buffer, length: number): Promise<string[]> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) =>
    bytes.subarray(n * length, (n + 1) * length),
  );
  const messages = await Array.fromAsync(readAllSizeDelimited(piecesInTurn(pieces)));
  return messages.map(String);
}

async function* piecesInTurn(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

describe("size-delimited messages", () => {
  it.each([1, 3, 5, 100])("are read from pieces of %i bytes", async (length) => {
    expect(await readInPieces(await written("one", "", "three"), length)).toEqual(["one", "", "three"]);
  });

  it("are refused where the last one is cut", async () => {
    await expect(readInPieces((await written("one")).subarray(0, 6), 6)).rejects.toThrow(
      "after 6 bytes, within a message",
    );
  });

  it("are read one at a time where only one is wanted", async () => {
    expect(String(await readSizeDelimited(piecesInTurn([await written("one", "two")])))).toBe("one");
  });
});
