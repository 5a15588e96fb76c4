import { expect, test } from "vitest";
import { isReservedName } from "../../call/metadata.ts";
import { knownNames, offeredNames } from "./known-names.ts";

test("offeredNames() puts names in use first, each once and in lower case", () => {
  const names = offeredNames(["X-Mine", "", "traceparent", "x-mine"]);
  expect(names.slice(0, 3)).toEqual(["x-mine", "traceparent", "authorization"]);
  expect(new Set(names).size).toBe(names.length);
});

test("no known name is one that the protocols or the browser set", () => {
  expect(knownNames.filter(isReservedName)).toEqual([]);
});
