import { expect, test } from "vitest";
import { doubleText, floatText } from "./number-text.ts";

test.each([
  [0, "0"],
  [-0, "-0"],
  [1e21, "1e+21"],
  [Number.NaN, '"NaN"'],
  [Number.NEGATIVE_INFINITY, '"-Infinity"'],
  [0.1, "0.1"],
])("doubleText(%d) is %s", (value, text) => {
  expect(doubleText(value)).toBe(text);
});

test.each([
  [Math.fround(0.1), "0.1"],
  [Math.fround(16777216), "16777216"],
  [Math.fround(3.4028234663852886e38), "3.4028235e+38"],
  [-0, "-0"],
  [Number.NaN, '"NaN"'],
])("floatText(%d) is %s", (value, text) => {
  expect(floatText(value)).toBe(text);
});
