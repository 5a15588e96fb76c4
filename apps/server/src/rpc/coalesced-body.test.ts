import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { describe, expect, it } from "vitest";
import { coalesceBody } from "./coalesced-body.ts";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function lengths(body: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = [];
  for await (const piece of body) {
    all.push(piece.byteLength);
  }
  return all;
}

describe("coalesceBody()", () => {
  it("gathers a message that comes byte by byte", async () => {
    const message = encodeEnvelope(0, new Uint8Array(40_000));
    expect(await lengths(coalesceBody(cut(message, 1), true))).toEqual([5, 16_384, 16_384, 7_232]);
  });

  it("gathers a body without envelopes", async () => {
    expect(await lengths(coalesceBody(cut(new Uint8Array(20_000), 1), false))).toEqual([16_384, 3_616]);
  });

  it("passes a whole message on as it is", async () => {
    const message = encodeEnvelope(0, new Uint8Array(10));
    expect(await lengths(coalesceBody(cut(message, 100), true))).toEqual([15]);
  });

  it("does not hold back a prefix whose message is still to come", async () => {
    const pieces = coalesceBody(cut(Uint8Array.of(0, 255, 255, 255, 255, 1), 2), true);
    expect((await pieces.next()).value).toEqual(Uint8Array.of(0, 255, 255, 255, 255, 1));
  });

  it("does not hold back an empty message", async () => {
    expect(await lengths(coalesceBody(cut(new Uint8Array(10), 5), true))).toEqual([5, 5]);
  });

  it("keeps every byte in its place", async () => {
    const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => i % 251);
    const message = encodeEnvelope(0, bytes);
    for (const size of [1, 7, 4_000, 17_000]) {
      const pieces: Uint8Array[] = [];
      for await (const piece of coalesceBody(cut(message, size), true)) {
        pieces.push(piece);
      }
      expect(Buffer.concat(pieces).equals(message)).toBe(true);
    }
  });
});
