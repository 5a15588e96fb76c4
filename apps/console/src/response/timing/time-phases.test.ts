import fc from "fast-check";
import { expect, test } from "vitest";
import { timePhases } from "./time-phases.ts";

const mark = fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }), { nil: undefined });

test("timePhases() lie end to end, and none of them is negative", () => {
  const timing = fc.record({
    sentMs: mark,
    acceptedMs: mark,
    headersMs: mark,
    firstMessageMs: mark,
    lastMessageMs: mark,
    endedMs: mark,
  });
  fc.assert(
    fc.property(timing, (marks) => {
      let at = 0;
      for (const { fromMs, toMs } of timePhases(marks)) {
        expect(fromMs).toBe(at);
        expect(toMs).toBeGreaterThanOrEqual(fromMs);
        at = toMs;
      }
      expect(at).toBe(Math.max(0, ...Object.values(marks).filter((one) => one !== undefined)));
    }),
  );
});

test("timePhases() gives the time of what isn't known to the next part", () => {
  const none = { acceptedMs: undefined, lastMessageMs: undefined, firstMessageMs: undefined };
  expect(timePhases({ ...none, sentMs: 1, headersMs: 5, endedMs: 6 })).toEqual([
    { name: "queued", fromMs: 0, toMs: 1 },
    { name: "headers", fromMs: 1, toMs: 5 },
    { name: "end", fromMs: 5, toMs: 6 },
  ]);
});
