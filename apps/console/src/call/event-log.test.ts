import { create } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventLog, type WritableEventLog } from "./event-log.ts";

const message = create(EmptySchema);

function fill(log: WritableEventLog, sizes: readonly number[]): void {
  sizes.forEach((wireBytes, i) => {
    log.append({ direction: "received", ordinal: i + 1, atMs: i, message, wireBytes });
  });
}

function indexes(log: WritableEventLog): (number | undefined)[] {
  return Array.from({ length: log.length }, (_, i) => log.at(i)?.index);
}

describe("createEventLog()", () => {
  it("holds the newest messages and counts what it dropped", () => {
    const log = createEventLog({ maxEvents: 3 });
    fill(log, [1, 1, 1, 1, 1]);
    expect(log).toMatchObject({ total: 5, dropped: 2, length: 3 });
    expect(indexes(log)).toEqual([2, 3, 4]);
  });

  it("drops the oldest until the newest fits", () => {
    const log = createEventLog({ maxBytes: 10 });
    fill(log, [4, 4, 8]);
    expect(indexes(log)).toEqual([2]);
  });

  it("holds the newest even where it is larger than the limit", () => {
    const log = createEventLog({ maxBytes: 10 });
    fill(log, [1, 100]);
    expect(indexes(log)).toEqual([1]);
  });

  it("counts a payload that it keeps, and the message that was read from it", () => {
    const log = createEventLog({ maxBytes: 10 });
    const wire = {
      flags: 1,
      carriedBytes: 1,
      payload: new Uint8Array(3),
      format: "binary",
      compression: "gzip",
    } as const;
    for (const ordinal of [1, 2]) {
      log.append({ direction: "received", ordinal, atMs: 0, message, wireBytes: 1, wire });
    }
    expect(indexes(log)).toEqual([1]);
  });

  it("answers undefined outside of what it holds", () => {
    const log = createEventLog({ maxEvents: 2 });
    fill(log, [1, 1, 1]);
    expect([log.at(-1), log.at(2), log.at(0.5)]).toEqual([undefined, undefined, undefined]);
  });

  it("keeps within its limits, in order and without gaps, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 10 }), fc.nat(100), (sizes, maxEvents, maxBytes) => {
        const log = createEventLog({ maxEvents, maxBytes });
        fill(log, sizes);
        expect(indexes(log)).toEqual(Array.from({ length: log.length }, (_, i) => log.dropped + i));
        expect(log.total).toBe(sizes.length);
        expect(log.length).toBeLessThanOrEqual(maxEvents);
        const held = sizes.slice(log.dropped);
        expect(held.length === 1 || held.reduce((sum, size) => sum + size, 0) <= maxBytes).toBe(true);
      }),
    );
  });

  it("takes a million messages and keeps the newest 20,000", () => {
    const log = createEventLog();
    for (let i = 0; i < 1_000_000; i++) {
      log.append({ direction: "sent", ordinal: i + 1, atMs: 0, message, wireBytes: 0 });
    }
    expect(log).toMatchObject({ total: 1_000_000, length: 20_000 });
    expect(log.at(19_999)?.ordinal).toBe(1_000_000);
  });
});
