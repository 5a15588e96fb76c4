import { expect, test } from "vitest";
import { parseRepeatCount } from "./repeat-count.ts";

test.each([
  ["1", 1],
  [" 100,000 ", 100_000],
  ["10_000", 10_000],
])("parseRepeatCount(%j) is %d", (text, count) => {
  expect(parseRepeatCount(text)).toBe(count);
});

test.each(["", "0", "-1", "1.5", "100001", "1e3", "many"])("parseRepeatCount(%j) is refused", (text) => {
  expect(parseRepeatCount(text)).toBeUndefined();
});
