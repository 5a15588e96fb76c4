import { describe, expect, test } from "vitest";
import { formatSize, parseSize } from "./parse-size.ts";

describe("parseSize()", () => {
  test.each([
    ["", 0],
    ["4 MiB", 4_194_304],
    ["512k", 524_288],
    ["1.5 mb", 1_572_864],
    ["100", 100],
    ["0", undefined],
    ["5 GiB", undefined],
    ["1 parsec", undefined],
    ["-1", undefined],
  ])("reads %j as %j", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });
});

describe("formatSize()", () => {
  test.each([0, 1, 1_000, 1_024, 4_194_304])("writes %j so that it is read back", (bytes) => {
    expect(parseSize(formatSize(bytes))).toBe(bytes);
  });
});
