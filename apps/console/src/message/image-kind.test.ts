import { expect, test } from "vitest";
import { imageKind } from "./image-kind.ts";

test.each([
  ["89504e470d0a1a0a0000", "image/png"],
  ["ffd8ffe0", "image/jpeg"],
  ["474946383961", "image/gif"],
  ["524946460000000057454250565038", "image/webp"],
  ["00000020667479706176696600", "image/avif"],
  [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>").toString("hex"), undefined],
  ["5249464600000000574156", undefined],
  ["89504e", undefined],
  ["", undefined],
])("imageKind() of %s is %s", (hex, kind) => {
  expect(imageKind(Uint8Array.from(Buffer.from(hex, "hex")))).toBe(kind);
});
