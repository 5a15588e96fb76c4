import { ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownNumber, writeFloat, writeInteger } from "./number-text.ts";
import { treeOf } from "./testing/tree-of.ts";

describe("writeInteger()", () => {
  it("keeps every digit of every 64-bit integer, as a string or as the number it was", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        const literal = String(value);
        expect(writeInteger(ScalarType.UINT64, literal, undefined)).toBe(`"${literal}"`);
        expect(writeInteger(ScalarType.UINT64, literal, treeOf("1"))).toBe(literal);
      }),
    );
  });

  it("writes 32-bit integers as numbers, whatever they were", () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(writeInteger(ScalarType.INT32, String(value), treeOf('"x"'))).toBe(String(value));
      }),
    );
  });

  it("writes what it shows of a number again", () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const tree = treeOf(String(value));
        expect(writeInteger(ScalarType.INT64, shownNumber(tree) ?? "", tree)).toBe(String(value));
      }),
    );
  });

  it("keeps whatever is no integer as a string of what was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const json = JSON.parse(writeInteger(ScalarType.INT32, typed, undefined));
        expect(typeof json === "number" || json === typed).toBe(true);
      }),
    );
    expect(writeInteger(ScalarType.INT32, "12a", treeOf("12"))).toBe('"12a"');
    expect(writeInteger(ScalarType.INT32, "-", undefined)).toBe('"-"');
    expect(writeInteger(ScalarType.INT64, "1.5", undefined)).toBe('"1.5"');
  });

  it.each([
    ["+5", "5"],
    ["007", "7"],
    ["-007", "-7"],
    [" 12 ", "12"],
    ["1_000_000", "1000000"],
    ["0xFF", "255"],
    ["-0x10", "-16"],
    ["0xffff_ffff", "4294967295"],
    ["0b101", "5"],
    ["0o17", "15"],
    ["1e3", "1e3"],
    ["1.0", "1.0"],
    ["99999999999", "99999999999"],
  ])("reads %s as %s", (typed, json) => {
    expect(writeInteger(ScalarType.INT32, typed, undefined)).toBe(json);
  });

  it("reads no number of a million hexadecimal digits", () => {
    const typed = `0x${"f".repeat(1_000_000)}`;
    expect(writeInteger(ScalarType.INT32, typed, undefined)).toBe(JSON.stringify(typed));
  });
});

describe("writeFloat()", () => {
  it("keeps the literal of every double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const literal = Object.is(value, -0) ? "-0" : String(value);
        expect(writeFloat(literal)).toBe(literal);
      }),
    );
  });

  it("always writes JSON, and keeps what is no number", () => {
    const near = fc
      .array(fc.constantFrom("0", "1", "9", ".", "-", "+", "e", "E", "_", "n", "∞", " "))
      .map((p) => p.join(""));
    fc.assert(
      fc.property(near, (typed) => {
        const json: unknown = JSON.parse(writeFloat(typed));
        expect(typeof json === "number" || json === typed || json === "Infinity" || json === "-Infinity").toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["nan", '"NaN"'],
    ["-inf", '"-Infinity"'],
    ["Infinity", '"Infinity"'],
    ["∞", '"Infinity"'],
    ["-0", "-0"],
    ["-0.", "-0"],
    [".5", "0.5"],
    ["-.5e3", "-0.5e3"],
    ["5.", "5"],
    ["+1.50", "1.50"],
    ["00.1", "0.1"],
    ["1_000.5", "1000.5"],
    ["1e", '"1e"'],
    ["-", '"-"'],
    [".", '"."'],
    ["1.2.3", '"1.2.3"'],
  ])("writes %s as %s", (typed, json) => {
    expect(writeFloat(typed)).toBe(json);
  });
});

describe("shownNumber()", () => {
  it("shows literals and texts as they are", () => {
    expect(shownNumber(treeOf("1.50"))).toBe("1.50");
    expect(shownNumber(treeOf('"9223372036854775807"'))).toBe("9223372036854775807");
  });

  it("has nothing to show of other kinds", () => {
    expect(shownNumber(treeOf("true"))).toBeUndefined();
  });
});
