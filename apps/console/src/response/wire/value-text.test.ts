import { expect, test } from "vitest";
import { decodeWire } from "./decode-wire.ts";
import { hexLine, otherReadings, valueText } from "./value-text.ts";

function first(hex: string) {
  const [node] = decodeWire(Uint8Array.fromHex(hex.replaceAll(" ", "")), undefined).children?.() ?? [];
  if (node === undefined) {
    throw new Error("no field");
  }
  return node;
}

test.each([
  ["08 03", ["sint64 -2"]],
  ["08 ff ff ff ff ff ff ff ff ff 01", ["int64 -1", "sint64 -9223372036854775808"]],
  ["0d 00 00 c0 bf", ["float -1.5", "sfixed32 -1077936128"]],
  ["09 00 00 00 00 00 00 f8 3f", ["double 1.5", "sfixed64 4609434218613702656"]],
  ["0a 01 41", []],
])("a number without a schema, %s, has these other readings", (hex, readings) => {
  expect(otherReadings(first(hex)).map(({ type, text }) => `${type} ${text}`)).toEqual(readings);
});

test("a value's text is cut where it is long", () => {
  expect(valueText({ kind: "string", value: "a".repeat(300) })).toBe(`"${"a".repeat(200)}" …`);
  expect(hexLine(new Uint8Array(30).fill(10))).toBe(`${Array.from({ length: 24 }, () => "0a").join(" ")} …`);
});
