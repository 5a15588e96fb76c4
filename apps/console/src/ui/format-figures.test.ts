import { expect, test } from "vitest";
import { countText, durationText, sizeText } from "./format-figures.ts";

test.each([
  [0, "0.0 ms"],
  [9.94, "9.9 ms"],
  [12.4, "12 ms"],
  [3_420, "3.42 s"],
  [245_999, "4 min 05 s"],
])("durationText(%d) is %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_234, "1.2 kB"],
  [3_400_000, "3.4 MB"],
])("sizeText(%d) is %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [980_000, "980,000"],
  [1_234_567, "1,234,567"],
])("countText(%d) is %s", (count, text) => {
  expect(countText(count)).toBe(text);
});
