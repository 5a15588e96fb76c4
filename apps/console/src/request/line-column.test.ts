import { expect, test } from "vitest";
import { lineColumnAt } from "./line-column.ts";

test.each([
  ["", 0, 1, 1],
  ["abc", 2, 1, 3],
  ["a\nb", 2, 2, 1],
  ["a\n\nbc", 5, 3, 3],
  ["ab", 99, 1, 3],
])("lineColumnAt(%j, %d) is %d:%d", (text, offset, line, column) => {
  expect(lineColumnAt(text, offset)).toEqual({ line, column });
});
