import { ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { storedFloat } from "./stored-float.ts";

const { FLOAT, DOUBLE } = ScalarType;

describe("storedFloat()", () => {
  it.each(["0", "-0", "0.0", "1.50", "16777216", "0.25e1", "-3", "340282346638528859811704183484516925440"])(
    "has nothing to tell of %s, which a float holds exactly",
    (literal) => {
      expect(storedFloat(FLOAT, literal)).toBeUndefined();
    },
  );

  it("tells what a float holds for digits that are not lost", () => {
    expect(storedFloat(FLOAT, "0.1")).toEqual({ text: "0.10000000149011612", isLossy: false });
    expect(storedFloat(FLOAT, "3.4028235e38")).toMatchObject({ isLossy: false });
  });

  it("tells which digits a float loses", () => {
    expect(storedFloat(FLOAT, "16777217")).toEqual({ text: "16777216", isLossy: true });
    expect(storedFloat(FLOAT, "3.14159265358979")).toMatchObject({ isLossy: true });
    expect(storedFloat(FLOAT, "1e-60")).toEqual({ text: "0", isLossy: true });
  });

  it("tells of a double only where digits are lost", () => {
    expect(storedFloat(DOUBLE, "0.1")).toBeUndefined();
    expect(storedFloat(DOUBLE, "9007199254740993")).toEqual({ text: "9007199254740992", isLossy: true });
    expect(storedFloat(DOUBLE, `0.${"1".repeat(100_000)}`)).toMatchObject({ isLossy: true });
  });

  it("has nothing to tell of what is no number or beyond the range", () => {
    expect(storedFloat(FLOAT, "NaN")).toBeUndefined();
    expect(storedFloat(FLOAT, "1e39")).toBeUndefined();
    expect(storedFloat(DOUBLE, "1e999999999")).toBeUndefined();
    expect(storedFloat(DOUBLE, "0e999999999")).toBeUndefined();
  });

  it("has nothing to tell of the exact value of any 32-bit float", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // All its digits, as `toFixed` and `toPrecision` don't give them.
        expect(storedFloat(FLOAT, exactDecimal(value))).toBeUndefined();
      }),
    );
  });

  it("finds no digit lost in the fewest digits of any double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(storedFloat(DOUBLE, String(value))).toBeUndefined();
      }),
    );
  });

  it("names the nearest float", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 3e38, noNaN: true }), (value) => {
        expect(Number(storedFloat(FLOAT, String(value))?.text ?? value)).toBe(Math.fround(value));
      }),
    );
  });
});

/** A double in all its digits: halved until it is whole, then as a decimal fraction. */
function exactDecimal(value: number): string {
  let power = 0;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    power++;
  }
  // n / 2^p = n * 5^p / 10^p
  return `${BigInt(whole) * 5n ** BigInt(power)}e-${power}`;
}
