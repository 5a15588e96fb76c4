import { expect, test } from "vitest";
import { formatCreateTime } from "./create-time.ts";

test.each([
  [Date.UTC(2030, 9, 10), "2030-10-10 00:00:00"],
  [Date.UTC(2031, 0, 2, 3, 4, 5, 999), "2031-01-02 03:04:05"],
])("formats %i in UTC", (time, text) => {
  expect(formatCreateTime(new Date(time))).toBe(text);
});
