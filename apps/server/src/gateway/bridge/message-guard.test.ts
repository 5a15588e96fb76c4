import { encodeEnvelope } from "@connectrpc/connect/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMessages, createBodyGuard, createMessageGuard } from "./message-guard.ts";

const maxBytes = 16;

/** Passes bytes in pieces of these lengths, in turn. */
function passAll(bytes: Uint8Array, lengths: readonly number[]) {
  const guard = createMessageGuard(maxBytes, anyMessages);
  const passed: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.byteLength; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    passed.push(guard.take(bytes.subarray(at, at + length)));
    at += length;
  }
  passed.push(guard.rest());
  return { guard, bytes: Buffer.concat(passed) };
}

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
const messages = fc.array(fc.uint8Array({ maxLength: maxBytes }), { maxLength: 6 });

function envelopes(payloads: readonly Uint8Array[]): Buffer {
  return Buffer.concat(payloads.map((payload, i) => encodeEnvelope(i % 2, Uint8Array.from(payload))));
}

describe("createMessageGuard()", () => {
  it("passes the same bytes, cut anywhere", () => {
    fc.assert(
      fc.property(messages, cuts, (payloads, lengths) => {
        const bytes = envelopes(payloads);
        const passed = passAll(bytes, lengths);
        expect(passed.bytes.equals(bytes)).toBe(true);
        expect(passed.guard.isInside).toBe(false);
      }),
    );
  });

  it("passes what ends within a message, and tells so", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: maxBytes }), fc.nat(), cuts, (payload, seed, lengths) => {
        const whole = envelopes([payload]);
        const cut = whole.subarray(0, 1 + (seed % (whole.byteLength - 1)));
        const passed = passAll(cut, lengths);
        expect(passed.bytes.equals(cut)).toBe(true);
        expect(passed.guard.isInside).toBe(true);
      }),
    );
  });

  it.each([
    ["one byte over the limit", maxBytes + 1],
    ["2^31", 2 ** 31],
    ["2^32 - 1", 2 ** 32 - 1],
  ])("stops before a message of %s, however it is cut", (_name, length) => {
    const before = envelopes([Buffer.from("ok")]);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(length, 1);
    fc.assert(
      fc.property(cuts, (lengths) => {
        const passed = passAll(Buffer.concat([before, prefix, Buffer.alloc(20)]), lengths);
        expect(passed.bytes.equals(before)).toBe(true);
        expect(passed.guard.fault).toEqual({ kind: "too-long", bytes: length });
        expect(passed.guard.isInside).toBe(false);
      }),
    );
  });

  it("stops before a message with flags that its reader would misread", () => {
    const guard = createMessageGuard(maxBytes, { legalFlags: 1, lastFlag: 0 });
    const good = encodeEnvelope(1, Buffer.from("a"));
    const forged = encodeEnvelope(0x80, Buffer.from("grpc-status: 0\r\n"));
    expect(Buffer.from(guard.take(Buffer.concat([good, forged])))).toEqual(Buffer.from(good));
    expect(guard.fault).toEqual({ kind: "flags", flags: 0x80 });
  });

  it("keeps what the last message says", () => {
    const guard = createMessageGuard(maxBytes, { legalFlags: 0xff, lastFlag: 0x80 });
    guard.take(Buffer.concat([encodeEnvelope(0, Buffer.from("a")), encodeEnvelope(0x80, Buffer.from("end"))]));
    expect(Buffer.from(guard.last ?? []).toString()).toBe("end");
  });
});

describe("createBodyGuard()", () => {
  it("passes a body of just the limit and stops the next byte", () => {
    const guard = createBodyGuard(3);
    expect(guard.take(Buffer.from("ab")).byteLength).toBe(2);
    expect(guard.take(Buffer.from("c")).byteLength).toBe(1);
    expect(guard.fault).toBeUndefined();
    expect(guard.take(Buffer.from("d")).byteLength).toBe(0);
    expect(guard.fault).toEqual({ kind: "too-long", bytes: 4 });
  });
});
