import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeWebSocketFrame,
  encodeDataFrame,
  encodeWebSocketFrame,
  maxDataPayload,
  maxFrameLength,
  type WebSocketFrame,
} from "./websocket-frame.ts";

const payload = fc.uint8Array({ maxLength: 100 });
const frame: fc.Arbitrary<WebSocketFrame> = fc.oneof(
  fc.record({ kind: fc.constantFrom("headers", "data", "cancel", "trailers"), payload }),
  fc.constant<WebSocketFrame>({ kind: "halfClose" }),
  fc.record({ kind: fc.constant("credit"), bytes: fc.integer({ min: 1, max: 2 ** 32 - 1 }) }),
);

describe("encodeWebSocketFrame() and decodeWebSocketFrame()", () => {
  it("bring every frame back as it was", () => {
    fc.assert(
      fc.property(frame, (original) => {
        expect(decodeWebSocketFrame(encodeWebSocketFrame(original))).toEqual(original);
      }),
    );
  });

  it("bring frames back from a view into a larger buffer", () => {
    fc.assert(
      fc.property(frame, fc.nat(9), (original, before) => {
        const bytes = encodeWebSocketFrame(original);
        const buffer = new Uint8Array(before + bytes.byteLength + 3).fill(0xee);
        buffer.set(bytes, before);
        expect(decodeWebSocketFrame(buffer.subarray(before, before + bytes.byteLength))).toEqual(original);
      }),
    );
  });
});

describe("encodeDataFrame()", () => {
  it("puts the pieces of a payload together", () => {
    const bytes = encodeDataFrame([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)], 3);
    expect(decodeWebSocketFrame(bytes)).toEqual({ kind: "data", payload: Uint8Array.of(1, 2, 3) });
  });
});

describe("decodeWebSocketFrame()", () => {
  it.each([
    ["an empty frame", []],
    ["a frame of the unknown kind 0", [0]],
    ["a frame of the unknown kind 7", [7, 1]],
    ["a half-close with a payload of 1 bytes", [3, 0]],
    ["a credit frame with a payload of 0 bytes instead of 4", [5]],
    ["a credit frame with a payload of 5 bytes instead of 4", [5, 0, 0, 0, 1, 0]],
    ["a credit frame that gives 0 bytes", [5, 0, 0, 0, 0]],
  ])("refuses %s", (what, bytes) => {
    expect(() => decodeWebSocketFrame(Uint8Array.from(bytes))).toThrow(`the peer sent ${what}`);
  });

  it.each([
    ["headers", 1, maxFrameLength],
    ["data", 2, maxDataPayload + 1],
    ["cancel", 4, maxDataPayload + 1],
    ["trailers", 6, maxFrameLength],
  ])("refuses a frame of the kind %s over the limit, and takes one at it", (kind, first, limit) => {
    expect(decodeWebSocketFrame(new Uint8Array(limit).fill(first)).kind).toBe(kind);
    expect(() => decodeWebSocketFrame(new Uint8Array(limit + 1).fill(first))).toThrow(`${limit} is the limit`);
  });

  it("throws nothing but its own error for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        try {
          expect(encodeWebSocketFrame(decodeWebSocketFrame(bytes))).toEqual(bytes);
        } catch (error) {
          expect(String(error)).toContain("the peer sent");
        }
      }),
    );
  });
});
