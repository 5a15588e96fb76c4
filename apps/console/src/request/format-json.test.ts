import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";

test.each([
  [
    '{"a":1,"b":[1,{"c":"x,{}:\\" "}],"d":{},"e":[ ]}',
    '{\n  "a": 1,\n  "b": [\n    1,\n    {\n      "c": "x,{}:\\" "\n    }\n  ],\n  "d": {},\n  "e": []\n}',
  ],
  ['{"a":9007199254740993}{"a":-0}', '{\n  "a": 9007199254740993\n}\n{\n  "a": -0\n}'],
  ['"a" "b"', '"a"\n"b"'],
  ["{ }", "{}"],
  ["  ", ""],
])("formatJson(%j)", (text, formatted) => {
  expect(formatJson(text)).toBe(formatted);
  expect(formatJson(formatted)).toBe(formatted);
});
