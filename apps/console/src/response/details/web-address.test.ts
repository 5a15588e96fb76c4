import { expect, test } from "vitest";
import { webAddress } from "./web-address.ts";

test.each([
  ["https://example.com/a b", "https://example.com/a%20b"],
  ["http://example.com", "http://example.com/"],
  [" javascript:alert(1)", undefined],
  ["java\nscript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["/relative", undefined],
  ["", undefined],
])("webAddress(%j) is %s", (text, address) => {
  expect(webAddress(text)).toBe(address);
});
