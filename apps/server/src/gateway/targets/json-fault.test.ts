import { describe, expect, it } from "vitest";
import { findJsonFault } from "./json-fault.ts";

describe("findJsonFault()", () => {
  it.each([
    ['{"a": 1}', undefined],
    ["", "line 1, column 1"],
    ["{", "line 1, column 2"],
    ['{"a": 1,}', "line 1, column 9"],
    ['{"a": 1} x', "line 1, column 10"],
    ['{\n  "a": oops\n}', "line 2, column 8"],
    ['{\n  "a": tru}\n', "line 2, column 11"],
    ['{"a":\n"abc', "line 2, column 5"],
    ["[1,\n2,\n3,,]", "line 3, column 3"],
  ])("finds where %j breaks", (text, place) => {
    expect(findJsonFault(text)).toBe(place);
  });
});
