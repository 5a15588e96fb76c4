import fc from "fast-check";
import { expect, it } from "vitest";
import { createGrowingBuffer } from "./growing-buffer.ts";

it("gives what it was given, in its order, whatever the lengths", () => {
  const length = fc.oneof(fc.nat(20), fc.integer({ min: 8_000, max: 9_000 }));
  fc.assert(
    fc.property(fc.array(fc.array(length, { maxLength: 12 }), { maxLength: 3 }), (rounds) => {
      const buffer = createGrowingBuffer();
      for (const lengths of rounds) {
        const pieces = lengths.map((bytes, index) => new Uint8Array(bytes).fill(index + 1));
        for (const piece of pieces) {
          buffer.append(piece);
        }
        expect(buffer.byteLength).toBe(lengths.reduce((sum, bytes) => sum + bytes, 0));
        expect(Buffer.from(buffer.take()).equals(Buffer.concat(pieces))).toBe(true);
      }
    }),
  );
});

it("holds short pieces in little more than their length", () => {
  const before = process.memoryUsage().arrayBuffers;
  const buffer = createGrowingBuffer();
  for (let i = 0; i < 1_000_000; i++) {
    buffer.append(Uint8Array.of(1));
  }
  expect(buffer.byteLength).toBe(1_000_000);
  // Beside its own two blocks at most, there are the pieces that no collector has freed yet, which are on the heap.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  expect(buffer.take().byteLength).toBe(1_000_000);
});
