import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatGrpcTimeout } from "./grpc-timeout.ts";

const unitMs: Readonly<Record<string, number>> = { m: 1, S: 1_000, M: 60_000, H: 3_600_000 };

function toMs(header: string): number {
  return Number(header.slice(0, -1)) * (unitMs[header.slice(-1)] ?? Number.NaN);
}

describe("formatGrpcTimeout()", () => {
  it.each([
    [1, "1m"],
    [1.2, "2m"],
    [0, "1m"],
    [-5, "1m"],
    [30_000, "30000m"],
    [99_999_999, "99999999m"],
    [100_000_000, "100000S"],
    [365 * 24 * 3_600_000, "31536000S"],
    [Number.MAX_SAFE_INTEGER, "99999999H"],
    [Number.POSITIVE_INFINITY, "99999999H"],
  ])("writes %d ms as %s", (timeoutMs, header) => {
    expect(formatGrpcTimeout(timeoutMs)).toBe(header);
  });

  it("has at most eight digits, and is never shorter than asked for, nor longer by a whole unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 * 3_600_000 }), (timeoutMs) => {
        const header = formatGrpcTimeout(timeoutMs);
        expect(header).toMatch(/^[0-9]{1,8}[mSMH]$/);
        const over = toMs(header) - timeoutMs;
        expect(over >= 0 && over < (unitMs[header.slice(-1)] ?? 0)).toBe(true);
      }),
    );
  });
});
