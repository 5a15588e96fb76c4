import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { SourceCodeInfoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSourceInfo } from "./is-source-info.ts";

const info = toBinary(
  SourceCodeInfoSchema,
  create(SourceCodeInfoSchema, {
    location: [
      { path: [4, 0, 2, 300], span: [1, 2, 3], leadingComments: " Names it.\n", leadingDetachedComments: ["x"] },
    ],
  }),
);

function canBeParsed(bytes: Uint8Array): boolean {
  try {
    fromBinary(SourceCodeInfoSchema, bytes);
    return true;
  } catch {
    return false;
  }
}

test("takes comments and positions as they were serialized", () => {
  expect(isSourceInfo(info)).toBe(true);
  expect(isSourceInfo(new Uint8Array())).toBe(true);
});

test("refuses bytes that a parser would throw on, whatever was damaged", () => {
  expect(isSourceInfo(info.subarray(0, info.byteLength - 1))).toBe(false);
  fc.assert(
    fc.property(fc.nat(info.byteLength - 1), fc.nat(255), (place, value) => {
      const damaged = info.with(place, value);
      expect(isSourceInfo(damaged) && !canBeParsed(damaged)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
