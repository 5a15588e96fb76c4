import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEnvelopeReader, type WireEnvelope } from "./envelope-reader.ts";

function envelope(flags: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + payload.byteLength);
  bytes[0] = flags;
  new DataView(bytes.buffer).setUint32(1, payload.byteLength);
  bytes.set(payload, 5);
  return bytes;
}

const envelopes = fc.array(fc.record({ flags: fc.nat(255), payload: fc.uint8Array({ maxLength: 20 }) }), {
  maxLength: 6,
});

describe("createEnvelopeReader()", () => {
  it("finds the same envelopes wherever the chunks are cut", () => {
    fc.assert(
      fc.property(envelopes, fc.array(fc.nat(8), { minLength: 1 }), (originals, cuts) => {
        const bytes = new Uint8Array(Buffer.concat(originals.map(({ flags, payload }) => envelope(flags, payload))));
        const found: WireEnvelope[] = [];
        const read = createEnvelopeReader((one) => found.push(one), { keepPayload: (flags) => flags > 127 });
        for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
          const length = (cuts[turn % cuts.length] ?? 0) + (turn % 2);
          read(bytes.subarray(at, at + length));
          at += length;
        }
        const expected = originals.map(({ flags, payload }) => ({
          flags,
          length: payload.byteLength,
          payload: flags > 127 ? payload : undefined,
        }));
        expect(found).toEqual(expected);
      }),
    );
  });

  it("keeps a payload that one chunk holds as a view of it, and one that is cut as a copy", () => {
    const kept: (Uint8Array | undefined)[] = [];
    const read = createEnvelopeReader(({ payload }) => kept.push(payload), { keepPayload: () => true });
    const bytes = envelope(0, Uint8Array.of(1, 2, 3));
    read(bytes);
    read(bytes.subarray(0, 7));
    read(bytes.subarray(7));
    expect(kept).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 3)]);
    expect(kept.map((payload) => payload?.buffer === bytes.buffer)).toEqual([true, false]);
  });

  it("tells an envelope at its last byte, and an empty one at its prefix", () => {
    let told = 0;
    const read = createEnvelopeReader(() => told++);
    read(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 9));
    expect(told).toBe(1);
    read(Uint8Array.of(9));
    expect(told).toBe(2);
  });

  it("reads lengths above 2^31", () => {
    const lengths: number[] = [];
    const read = createEnvelopeReader(() => undefined, {
      keepPayload(_, length) {
        lengths.push(length);
        return false;
      },
    });
    read(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff));
    expect(lengths).toEqual([4_294_967_295]);
  });

  it("takes no memory for a payload that is not kept", () => {
    const found: WireEnvelope[] = [];
    const read = createEnvelopeReader((one) => found.push(one));
    read(envelope(0, new Uint8Array(1000)));
    expect(found).toEqual([{ flags: 0, length: 1000, payload: undefined }]);
  });
});
