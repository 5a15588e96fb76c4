import { ScalarType } from "@bufbuild/protobuf";

const ranges: ReadonlyMap<ScalarType, readonly [min: bigint, max: bigint]> = new Map(
  [
    { types: [ScalarType.INT32, ScalarType.SINT32, ScalarType.SFIXED32], min: -(2n ** 31n), max: 2n ** 31n - 1n },
    { types: [ScalarType.UINT32, ScalarType.FIXED32], min: 0n, max: 2n ** 32n - 1n },
    { types: [ScalarType.INT64, ScalarType.SINT64, ScalarType.SFIXED64], min: -(2n ** 63n), max: 2n ** 63n - 1n },
    { types: [ScalarType.UINT64, ScalarType.FIXED64], min: 0n, max: 2n ** 64n - 1n },
  ].flatMap(({ types, min, max }) => types.map((type) => [type, [min, max] as const] as const)),
);

/** The least and the greatest number of an integer type; undefined for every other type. */
export function integerRange(type: ScalarType): readonly [min: bigint, max: bigint] | undefined {
  return ranges.get(type);
}
