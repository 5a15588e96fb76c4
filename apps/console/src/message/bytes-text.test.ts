import { expect, test } from "vitest";
import { base64Text } from "./base64.ts";
import { hexText, utf8Text } from "./bytes-text.ts";

test("hexText() shows offsets, bytes and what can be printed of them", () => {
  const bytes = Uint8Array.from({ length: 18 }, (_, i) => 0x30 + i);
  expect(hexText(bytes).split("\n")).toEqual([
    "0000  30 31 32 33 34 35 36 37 38 39 3a 3b 3c 3d 3e 3f  0123456789:;<=>?",
    "0010  40 41                                            @A",
  ]);
});

test("utf8Text() is undefined for other bytes", () => {
  expect(utf8Text(new TextEncoder().encode("é"))).toBe("é");
  expect(utf8Text(Uint8Array.of(0xff))).toBeUndefined();
});

test("base64Text() writes more than one chunk", () => {
  const bytes = new Uint8Array(100_000).fill(7);
  expect(base64Text(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});
