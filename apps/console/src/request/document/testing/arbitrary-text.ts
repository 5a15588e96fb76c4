import fc from "fast-check";

/** Texts of JSON's own pieces, hardly ever valid. */
export const jsonLike: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(...'{}[]:,"\\', '"a"', "1", "-0", "0.5e+3", "01", "true", "null", " ", "\n", "\\u00e9", "x", "\t"),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""));

/** Valid JSON, on one line or laid out with two spaces. */
export const validJson: fc.Arbitrary<string> = fc
  .tuple(fc.json({ maxDepth: 3 }), fc.constantFrom(0, 2))
  .map(([text, indent]) => JSON.stringify(JSON.parse(text), null, indent));

/** Valid JSON in every layout that people use. */
export const laidOutJson: fc.Arbitrary<string> = fc
  .tuple(fc.json({ maxDepth: 3 }), fc.constantFrom("", " ", "    ", "\t", "spaced"))
  .map(([text, layout]) =>
    layout === "spaced"
      ? spaced(JSON.stringify(JSON.parse(text), null, 1))
      : JSON.stringify(JSON.parse(text), null, layout),
  );

/** One line, with a space behind each comma and colon. */
function spaced(text: string): string {
  return text.replace(/([{[]?)\n *([}\]]?)/g, (_, opening: string, closing: string) =>
    opening === "" && closing === "" ? " " : opening + closing,
  );
}
