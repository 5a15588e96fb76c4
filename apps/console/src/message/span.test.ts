import { expect, test } from "vitest";
import { spanParts } from "./span.ts";

test.each([
  ["0s", ["0 s"]],
  ["90.500s", ["1 min", "30.500 s"]],
  ["90061s", ["1 d", "1 h", "1 min", "1 s"]],
  ["-3600s", ["−1 h"]],
  ["315576000000s", ["3652500 d"]],
  ["1m", undefined],
])("spanParts(%s) is %j", (text, parts) => {
  expect(spanParts(text)).toEqual(parts);
});
