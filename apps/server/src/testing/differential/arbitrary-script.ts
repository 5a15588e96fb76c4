import fc from "fast-check";
import type { Field, Script, ScriptEnd } from "./script.ts";

const visible = [..."!#$%&'()*+-./:;<=>?@[]^_`{|}~abcXYZ0123456789,\"\\"];
const nameCharacters = [..."-._abcz019"];

/** Values of ASCII metadata: printable, also empty and with inner spaces. */
export const arbitraryAsciiValue: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...visible), maxLength: 12 }),
  fc.constantFrom("", "a b", "a,b", "a, b", "%41", "=?utf-8?", "x".repeat(60)),
);

/** Values of binary metadata: base64 with padding and without. */
export const arbitraryBinaryValue: fc.Arbitrary<string> = fc
  .tuple(fc.uint8Array({ maxLength: 8 }), fc.boolean())
  .map(([bytes, padded]) => {
    const text = Buffer.from(bytes).toString("base64");
    return padded ? text : text.replace(/=+$/, "");
  });

/**
 * Fields of a few names, so that some are repeated, and of odd ones that are legal as gRPC's `Header-Name`, which HTTP's token
 * goes beyond.
 */
export const arbitraryFields: fc.Arbitrary<Field[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom("x-a", "x-b", "x-a-b"), arbitraryAsciiValue) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom("x-a-bin", "x-b-bin"), arbitraryBinaryValue) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.string({ unit: fc.constantFrom(...nameCharacters), maxLength: 6 }).map((rest) => `x${rest}y`),
        arbitraryAsciiValue,
      ),
    },
  ),
  { maxLength: 4 },
);

const arbitraryText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("", "100% of \u65e5\u672c", "a\r\nb\tc\0", '"\\', "\u{1f600}", " edges ", "%zz", "x".repeat(2_000)),
);

const arbitraryError: fc.Arbitrary<ScriptEnd> = fc.record({
  kind: fc.constant("error" as const),
  code: fc.integer({ min: 1, max: 16 }),
  message: arbitraryText,
  details: fc.array(arbitraryText, { maxLength: 2 }),
  metadata: arbitraryFields,
});

const arbitraryEnd: fc.Arbitrary<ScriptEnd> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<ScriptEnd>({ kind: "ok" }) },
  { weight: 4, arbitrary: arbitraryError },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fault" as const), message: arbitraryText }) },
);

/** Scripts of calls that end by themselves. The stock adapter loses a list that ends empty, which a witness shows. */
export const arbitraryScript: fc.Arbitrary<Script> = fc
  .record({
    headers: arbitraryFields,
    trailers: arbitraryFields,
    yields: fc.nat({ max: 3 }),
    end: arbitraryEnd,
    reads: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  })
  .filter(({ headers, trailers, end }) => {
    const metadata = end.kind === "error" ? end.metadata : [];
    return ![
      [...headers, ...metadata],
      [...trailers, ...metadata],
    ].some(hasListThatEndsEmpty);
  });

function hasListThatEndsEmpty(fields: readonly Field[]): boolean {
  return [...new Headers(fields.map(([name, value]) => [name, value]))].some(([, value]) => value.endsWith(" "));
}

/** Scripts of calls that only their deadline ends. */
export const arbitraryEndlessScript: fc.Arbitrary<Script> = arbitraryScript.map((script) => ({
  ...script,
  end: { kind: "when-aborted" },
}));
