import { expect, test } from "vitest";
import { lineColumnAt, lineColumnsAt } from "./line-column.ts";

test.each([
  ["", 0, 1, 1],
  ["abc", 2, 1, 3],
  ["a\nb", 2, 2, 1],
  ["a\n\nbc", 5, 3, 3],
  ["ab", 99, 1, 3],
])("lineColumnAt(%j, %d) is %d:%d", (text, offset, line, column) => {
  expect(lineColumnAt(text, offset)).toEqual({ line, column });
});

test("lineColumnsAt() counts on from one offset to the next", () => {
  expect(lineColumnsAt("a\nbc\n", [0, 2, 3, 3, 5])).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
    { line: 2, column: 2 },
    { line: 3, column: 1 },
  ]);
});
