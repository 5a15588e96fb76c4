/** What a number's literal is, seen as an integer. */
export type ParsedInteger =
  | { readonly kind: "integer"; readonly value: bigint }
  /** Its fraction is not zero. */
  | { readonly kind: "fraction" }
  /** It has more digits than any integer type. */
  | { readonly kind: "huge" }
  /** It is no number at all. */
  | { readonly kind: "other" };

const grammar = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** The digits of 2^64 - 1. */
const maxDigits = 20;

/**
 * Reads a JSON number exactly, without the loss of a floating-point number. `1.0` and `1e3` are integers, as the ProtoJSON
 * format allows.
 */
export function parseInteger(literal: string): ParsedInteger {
  const match = grammar.exec(literal);
  if (match === null) {
    return { kind: "other" };
  }
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") {
    return { kind: "integer", value: 0n };
  }
  // Where the point stands in `digits`, counted from its beginning.
  const point = digits.length - fraction.length + Number(exponent);
  if (point > maxDigits) {
    return { kind: "huge" };
  }
  const significant = digits.replace(/0+$/, "");
  if (point < significant.length) {
    return { kind: "fraction" };
  }
  const value = BigInt(significant.padEnd(point, "0"));
  return { kind: "integer", value: sign === "-" ? -value : value };
}
