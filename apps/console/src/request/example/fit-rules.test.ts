import { ScalarType } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitRules } from "./fit-rules.ts";
import { textOfPattern } from "./text-of-pattern.ts";

describe("fitRules()", () => {
  it("leaves a value that is allowed", () => {
    expect(fitRules("Ada", ScalarType.STRING, { minLength: 1, maxLength: 3 }, 0)).toBe("Ada");
    expect(fitRules(10, ScalarType.INT32, { min: { value: 1 }, max: { value: 10 } }, 0)).toBe(10);
  });

  it("takes what the schema offers: the constant, then examples, then the allowed values", () => {
    expect(fitRules("a", ScalarType.STRING, { const: "c", examples: ["e"], in: ["i"] }, 0)).toBe("c");
    expect(fitRules("a", ScalarType.STRING, { examples: ["e"], in: ["i"] }, 0)).toBe("e");
    expect(fitRules("a", ScalarType.STRING, { in: ["i", "j"] }, 1)).toBe("j");
  });

  it("finds another value for one that is refused", () => {
    expect(fitRules(1, ScalarType.INT32, { notIn: [1, 2] }, 0)).toBe(3);
    expect(fitRules("a", ScalarType.STRING, { notIn: ["a"] }, 0)).toBe("a1");
  });

  it("keeps every integer within its limits", () => {
    const limit = fc.record({ value: fc.bigInt(-1000n, 1000n), isExclusive: fc.boolean() });
    fc.assert(
      fc.property(fc.bigInt(-2000n, 2000n), limit, limit, (value, min, max) => {
        const least = min.value + (min.isExclusive ? 1n : 0n);
        const most = max.value - (max.isExclusive ? 1n : 0n);
        fc.pre(least <= most);
        const fitted = BigInt(String(fitRules(String(value), ScalarType.INT64, { min, max }, 0)));
        expect(fitted >= least && fitted <= most).toBe(true);
      }),
    );
  });

  it("keeps fractions, durations and times within their limits", () => {
    expect(fitRules(1.5, ScalarType.DOUBLE, { min: { value: 2 }, max: { value: 3, isExclusive: true } }, 0)).toBe(2.5);
    expect(fitRules("1s", DurationSchema, { max: { value: 500_000_000n } }, 0)).toBe("0.5s");
    expect(fitRules("2030-10-10T00:00:00Z", TimestampSchema, { max: { value: 0n, isExclusive: true } }, 0)).toBe(
      "1969-12-31T23:59:59.999999999Z",
    );
  });

  it("gives a text its length, its ends and what it contains", () => {
    expect(fitRules("example", ScalarType.STRING, { minLength: 10 }, 0)).toBe("exampleexa");
    expect(fitRules("example", ScalarType.STRING, { prefix: "users/", suffix: "!", maxLength: 10 }, 0)).toBe(
      "users/exa!",
    );
    expect(fitRules("example", ScalarType.STRING, { contains: "@" }, 0)).toBe("example@");
    expect(fitRules("aGVsbG8=", ScalarType.BYTES, { minLength: 7, maxLength: 7 }, 0)).toBe("aGVsbG9oZQ==");
  });
});

describe("textOfPattern()", () => {
  it.each([
    "^[a-z]+$",
    "^[A-Z]{3}-\\d{4,6}$",
    "^(foo|bar)_[^a-z]*x?$",
    "^\\+?[1-9]\\d{1,14}$",
    "^(?:[a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)+[a-z]{2,}$",
    "^#(?:[0-9a-fA-F]{3}){1,2}$",
    "^projects/[^/]+/topics/[\\w.-]+$",
    "[]a]{2}",
  ])("makes a text that %s matches", (pattern) => {
    expect(textOfPattern(pattern)).toMatch(new RegExp(pattern.replace("[]a]", "[\\]a]")));
  });

  it("repeats what can be repeated until the text is long enough", () => {
    expect(textOfPattern("^[a-z]+$", 8)).toBe("aaaaaaaa");
  });

  it("ends for any pattern", () => {
    const parts = fc.constantFrom(..."()[]{}|*+?^$\\.-a1:<>P", "{1000}", "{9,}", "(?:", "[^", "\\d");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
        expect((textOfPattern(list.join(""), 3) ?? "").length).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 500 },
    );
  });
});
