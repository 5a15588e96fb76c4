import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEnvelope } from "./envelope.ts";
import { createEnvelopeDecoder } from "./envelope-decoder.ts";

const maxBytes = 200_000;

/** Cuts bytes into pieces of these lengths, over and over. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.byteLength; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function decodeAll(pieces: readonly Uint8Array[]): string[] {
  const decoder = createEnvelopeDecoder(maxBytes);
  const messages: string[] = [];
  for (const piece of pieces) {
    decoder.push(piece);
    for (let message = decoder.take(); message !== undefined; message = decoder.take()) {
      messages.push(`${message.flags} ${Buffer.from(message.payload).toString("hex")}`);
    }
  }
  decoder.finish();
  return messages;
}

describe("createEnvelopeDecoder()", () => {
  it("gives the same messages wherever the body is cut", () => {
    const envelope = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 300 }));
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(envelope, { maxLength: 8 }), lengths, (envelopes, cuts) => {
        const body = Buffer.concat(envelopes.map(([flags, payload]) => createEnvelope(flags, payload)));
        const expected = envelopes.map(([flags, payload]) => `${flags} ${Buffer.from(payload).toString("hex")}`);
        expect(decodeAll(cut(body, cuts))).toEqual(expected);
      }),
    );
  });

  it("gives messages that wait in several pieces, in their order", () => {
    const decoder = createEnvelopeDecoder(maxBytes);
    for (const text of ["a", "b", "c"]) {
      decoder.push(createEnvelope(0, Buffer.from(text)));
    }
    const taken = [decoder.take(), decoder.take(), decoder.take()];
    expect(taken.map((message) => String(Buffer.from(message?.payload ?? [])))).toEqual(["a", "b", "c"]);
    expect(decoder.take()).toBeUndefined();
    expect(decoder.heldBytes).toBe(0);
  });

  it.each([
    ["4 GiB", [255, 255, 255, 255]],
    ["one byte over the limit", [0, 3, 13, 65]],
  ])("refuses a declared length of %s from its five bytes", (_name, length) => {
    const decoder = createEnvelopeDecoder(maxBytes);
    decoder.push(Uint8Array.of(0, ...length));
    expect(() => decoder.take()).toThrow(expect.objectContaining({ code: Code.ResourceExhausted }));
  });

  it("takes no memory for what is only announced", () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 1_000 }, () => {
      const decoder = createEnvelopeDecoder(4_000_000);
      decoder.push(Uint8Array.of(0, 0, 61, 9, 0, 1));
      decoder.take();
      return decoder;
    });
    expect(decoders).toHaveLength(1_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  it("refuses a body that ends within a message, and tells how much there was", () => {
    const decoder = createEnvelopeDecoder(maxBytes);
    decoder.push(Uint8Array.of(0, 0, 0, 0, 9, 1, 2));
    decoder.take();
    expect(() => decoder.finish()).toThrow(
      expect.objectContaining({ code: Code.InvalidArgument, message: expect.stringContaining("7 bytes") }),
    );
  });
});
