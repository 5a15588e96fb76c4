import { describe, expect, test } from "vitest";
import { parseMoment, relativeText } from "./moment.ts";

describe("parseMoment()", () => {
  test("takes UTC where no zone is named", () => {
    expect(parseMoment("2030-10-10 00:00:00")).toEqual({ ms: Date.UTC(2030, 9, 10), isZoneAssumed: true });
  });

  test.each([
    ["2030-10-10T00:00:00Z", Date.UTC(2030, 9, 10)],
    ["2030-10-10T08:00:00+08:00", Date.UTC(2030, 9, 10)],
    ["2030-10-10t00:00:00.123456789z", Date.UTC(2030, 9, 10, 0, 0, 0, 123)],
    ["2024-02-29T23:59:59Z", Date.UTC(2024, 1, 29, 23, 59, 59)],
  ])("reads %j", (text, ms) => {
    expect(parseMoment(text)).toEqual({ ms, isZoneAssumed: false });
  });

  test.each(["", "2030-10-10", "2023-02-29 00:00:00", "2030-13-01 00:00:00", "2030-10-10 25:00:00", "20301010000000"])(
    "finds no moment in %j",
    (text) => {
      expect(parseMoment(text)).toBeUndefined();
    },
  );
});

describe("relativeText()", () => {
  test.each([
    [-90_000, "en", "1 minute ago"],
    [3 * 86_400_000, "en", "in 3 days"],
    [500, "en", "now"],
    [-86_400_000, "en", "yesterday"],
    [7_200_000, "zh-CN", "2小时后"],
  ])("%d ms away in %s is %j", (distance, language, text) => {
    expect(relativeText(distance, 0, language)).toBe(text);
  });
});
