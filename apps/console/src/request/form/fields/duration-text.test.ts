import { fromJson, toJson } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longDuration, writeDuration } from "./duration-text.ts";

describe("writeDuration()", () => {
  it.each([
    ["90m", "5400s"],
    ["1h30m", "5400s"],
    ["1h 30m", "5400s"],
    ["250ms", "0.25s"],
    ["250 ms", "0.25s"],
    ["10us", "0.00001s"],
    ["10µs", "0.00001s"],
    ["5ns", "0.000000005s"],
    ["1.5h", "5400s"],
    ["-90m", "-5400s"],
    ["1d", "86400s"],
    ["0m", "0s"],
    [" 1.5s ", "1.5s"],
  ])("reads %j as %s", (typed, text) => {
    expect(writeDuration(typed)).toBe(text);
  });

  it.each(["", "90", "m", "1h30", "1.5", "0.5ns", "1.s", "--1s", "1x", `${"1h".repeat(1_000)}`])(
    "keeps %j as it was typed",
    (typed) => {
      expect(writeDuration(typed)).toBe(typed);
    },
  );

  it("keeps seconds digit for digit", () => {
    expect(writeDuration("1.500s")).toBe("1.500s");
    expect(writeDuration("315576000000.000000000s")).toBe("315576000000.000000000s");
  });

  it("is exact for every duration, in whatever unit it is typed", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -315_576_000_000n * 10n ** 9n, max: 315_576_000_000n * 10n ** 9n }), (nanos) => {
        const text = writeDuration(
          `${nanos}ns`.replace(/^(-?)(\d{19,})ns$/, (_, sign, digits) => {
            return `${sign}${digits.slice(0, -9)}s${digits.slice(-9)}ns`;
          }),
        );
        const { seconds, nanos: rest } = fromJson(DurationSchema, text);
        expect(seconds * 10n ** 9n + BigInt(rest)).toBe(nanos);
      }),
    );
  });

  it("agrees with the library's own text", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(999_999_999), (seconds, nanos) => {
        const text = toJson(DurationSchema, fromJson(DurationSchema, `${seconds}.${String(nanos).padStart(9, "0")}s`));
        expect(writeDuration(text)).toBe(text);
      }),
    );
  });
});

describe("longDuration()", () => {
  it.each([
    ["5400s", "1h 30m"],
    ["90061.5s", "1d 1h 1m 1.5s"],
    ["-60s", "-1m"],
  ])("says %s as %s", (text, long) => {
    expect(longDuration(text)).toBe(long);
  });

  it.each(["59s", "0s", "x", ""])("has nothing to add to %j", (text) => {
    expect(longDuration(text)).toBeUndefined();
  });
});
