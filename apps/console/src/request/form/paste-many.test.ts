import { ScalarType } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { scalarValueType } from "./field-value-type.ts";
import { maxPastedItems, readPastedItems } from "./paste-many.ts";

const text = scalarValueType(ScalarType.STRING);
const int32 = scalarValueType(ScalarType.INT32);
const int64 = scalarValueType(ScalarType.INT64);
const bool = scalarValueType(ScalarType.BOOL);

describe("readPastedItems()", () => {
  test.each([
    [
      "a JSON array, digit by digit",
      '[1, 9007199254740993, 1e400, "x"]',
      int32,
      ["1", "9007199254740993", "1e400", '"x"'],
    ],
    ["lines", "a, b\nc\n", text, ['"a, b"', '"c"']],
    ["lines with an empty one between", "a\r\n\r\nb", text, ['"a"', '""', '"b"']],
    ["comma separated values", "1, 2,x;-3", int32, ["1", "2", '"x"', "-3"]],
    ["cells of a table", '"1"\t2\n3', int64, ['"1"', '"2"', '"3"']],
    ["words", "true\nfalse\nno", bool, ["true", "false", '"no"']],
  ])("reads %s", (_, pasted, type, items) => {
    expect(readPastedItems(pasted, type)).toEqual({ items, dropped: 0 });
  });

  test.each([
    ["one value", "a, b", text],
    ["one number", "12\n", int32],
    ["an array of one", "[1]", int32],
    ["nothing", "", int32],
  ])("takes %s for one value", (_, pasted, type) => {
    expect(readPastedItems(pasted, type)).toBeUndefined();
  });

  test("says how many were too many", () => {
    const pasted = "1\n".repeat(maxPastedItems + 5);
    expect(readPastedItems(pasted, int32)?.dropped).toBe(5);
  });
});
