import { ScalarType } from "@bufbuild/protobuf";
import type { JsonTree } from "../../document/json-tree.ts";
import { parseInteger } from "../../json/parse-integer.ts";
import { quoteText } from "./escaped-text.ts";

/** What a number's field shows: a number's literal and a string's text, digit for digit. Undefined for every other kind. */
export function shownNumber(value: JsonTree): string | undefined {
  switch (value.kind) {
    case "number":
      return value.literal;
    case "string":
      return value.value;
    default:
      return undefined;
  }
}

/** The integer types that ProtoJSON writes as strings. */
const longTypes: ReadonlySet<ScalarType> = new Set([
  ScalarType.INT64,
  ScalarType.SINT64,
  ScalarType.SFIXED64,
  ScalarType.UINT64,
  ScalarType.FIXED64,
]);

const jsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const decimal = /^([+-]?)0*([0-9]+)$/;
const prefixed = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/;

/** More digits than any type holds are kept as they were typed; reading them would cost time. */
const maxPrefixedLength = 80;

/**
 * The JSON of what was typed into the field of an integer. Besides what JSON has, `+5`, `007`, `1_000`, `0xff`, `0b101` and
 * `0o17` are read. 64-bit integers become strings unless `was` is a number, others numbers; a number out of range is kept
 * for the check to mark. What is no integer yet is kept as a string.
 */
export function writeInteger(type: ScalarType, typed: string, was: JsonTree | undefined): string {
  const digits = readInteger(typed);
  if (digits === undefined) {
    return quoteText(typed);
  }
  return longTypes.has(type) && was?.kind !== "number" ? quoteText(digits) : digits;
}

function readInteger(typed: string): string | undefined {
  const text = withoutGaps(typed);
  if (jsonNumber.test(text) && parseInteger(text).kind !== "fraction") {
    return text;
  }
  const match = decimal.exec(text);
  if (match !== null) {
    return signed(match[1], match[2]);
  }
  const inBase = text.length <= maxPrefixedLength ? prefixed.exec(text) : null;
  return inBase === null ? undefined : signed(inBase[1], String(BigInt(inBase[2] ?? "0")));
}

function signed(sign = "", digits = "0"): string {
  return sign === "-" && digits !== "0" ? `-${digits}` : digits;
}

/** Without space around it and without underscores between digits. */
function withoutGaps(typed: string): string {
  return typed.trim().replace(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, "");
}

const specials: ReadonlyMap<string, string> = new Map([
  ["nan", "NaN"],
  ["infinity", "Infinity"],
  ["+infinity", "Infinity"],
  ["-infinity", "-Infinity"],
  ["inf", "Infinity"],
  ["+inf", "Infinity"],
  ["-inf", "-Infinity"],
  ["∞", "Infinity"],
  ["+∞", "Infinity"],
  ["-∞", "-Infinity"],
]);

const looseFloat = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?((?:[eE][+-]?[0-9]+)?)$/;

/**
 * The JSON of what was typed into the field of a `float` or `double`. Besides what JSON has, `.5`, `5.`, `+5` and `1_000`
 * are read, and NaN and the infinities in any case, also as `inf` and `∞`. What is no number yet is kept as a string.
 */
export function writeFloat(typed: string): string {
  const text = withoutGaps(typed);
  const special = specials.get(text.toLowerCase());
  if (special !== undefined) {
    return quoteText(special);
  }
  if (jsonNumber.test(text)) {
    return text;
  }
  const [, sign, whole = "", fraction = "", exponent = ""] = looseFloat.exec(text) ?? [];
  if (whole === "" && fraction === "" && !/^[+-]?0/.test(text)) {
    return quoteText(typed);
  }
  return `${sign === "-" ? "-" : ""}${whole || "0"}${fraction === "" ? "" : `.${fraction}`}${exponent}`;
}
