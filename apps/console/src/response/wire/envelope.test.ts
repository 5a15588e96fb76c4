import { expect, test } from "vitest";
import { envelopePrefix, flagWords } from "./envelope.ts";

test.each([
  [0x00, ["message"]],
  [0x01, ["message", "compressed"]],
  [0x02, ["endOfStream"]],
  [0x03, ["endOfStream", "compressed"]],
  [0x80, ["trailers"]],
  [0x81, ["trailers", "compressed"]],
  [0x10, ["message", "unknownBits"]],
])("flagWords(%i) are %j", (flags, words) => {
  expect(flagWords(flags)).toEqual(words);
});

test("an envelope's prefix has the flags and the carried length", () => {
  const rest = { payload: new Uint8Array(), format: "binary", compression: "gzip" } as const;
  expect(envelopePrefix({ flags: 1, carriedBytes: 0x0102_0304, ...rest })).toEqual([1, 1, 2, 3, 4]);
  expect(envelopePrefix({ flags: undefined, carriedBytes: 5, ...rest })).toBeUndefined();
});
