import { expect, test } from "vitest";
import { createTextStorage } from "../storage.ts";
import { createPreferences, parsePreferences } from "./preferences.ts";

test("createPreferences() remembers a change", () => {
  const stored = new Map<string, string>();
  const open = () => ({
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
  });
  createPreferences(createTextStorage(open)).setState({ arrangement: "stacked", treeWidth: 300 });
  expect(createPreferences(createTextStorage(open)).getState()).toMatchObject({
    arrangement: "stacked",
    treeWidth: 300,
  });
});

test.each([
  undefined,
  "nonsense",
  "null",
  '{"treeWidth":-5,"requestShare":7,"arrangement":"diagonal","messageView":7}',
])("parsePreferences(%j) has the defaults", (text) => {
  expect(parsePreferences(text)).toEqual(parsePreferences("{}"));
});
