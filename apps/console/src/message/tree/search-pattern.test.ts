import { expect, test } from "vitest";
import { searchPattern } from "./search-pattern.ts";

test("searchPattern() finds a text in any case, whatever signs it has, and nothing for an empty one", () => {
  const found = [..."A.b a.B axb".matchAll(searchPattern("a.b") ?? /$/g)];
  expect(found.map(([text]) => text)).toEqual(["A.b", "a.B"]);
  expect("(x)".replaceAll(searchPattern("(X)") ?? "", "")).toBe("");
  expect(searchPattern("")).toBeUndefined();
});
