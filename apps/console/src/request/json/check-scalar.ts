import { type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { scalarName } from "../../schema/field-type.ts";
import { type CheckedValue, quote, spanOf, tellWrongType } from "./checked-value.ts";
import { integerRange } from "./integer-range.ts";
import { parseInteger } from "./parse-integer.ts";

/**
 * Checks a value of a scalar field by the ProtoJSON format, and answers it so that no digit is lost: 64-bit integers as
 * decimal strings. Undefined where an issue was told.
 */
export function checkScalar(type: ScalarType, value: CheckedValue): JsonValue | undefined {
  switch (type) {
    case ScalarType.BOOL:
      return checkBool(value);
    case ScalarType.STRING:
      return checkString(value);
    case ScalarType.BYTES:
      return checkBytes(value);
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return checkFloat(type, value);
    default:
      return checkInteger(type, value);
  }
}

function checkBool(value: CheckedValue): JsonValue | undefined {
  const { tree } = value;
  return tree.kind === "word" && tree.value !== null ? tree.value : tellWrongType(value, "bool");
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

function checkInteger(type: ScalarType, value: CheckedValue): JsonValue | undefined {
  const { tree, field, issues } = value;
  if (tree.kind !== "number" && tree.kind !== "string") {
    return tellWrongType(value, scalarName(type));
  }
  const literal = tree.kind === "number" ? tree.literal : tree.value;
  const parsed = parseInteger(literal);
  const [min, max] = integerRange(type) ?? [0n, 0n];
  switch (parsed.kind) {
    case "integer":
      if (parsed.value >= min && parsed.value <= max) {
        return max > maxSafe ? String(parsed.value) : Number(parsed.value);
      }
      break;
    case "huge":
      break;
    case "fraction":
    case "other":
      issues.add("wrongType", spanOf(value), { field, expected: scalarName(type), actual: quote(literal) });
      return undefined;
  }
  issues.add("outOfRange", spanOf(value), {
    field,
    expected: scalarName(type),
    actual: quote(literal),
    limit: `${min} … ${max}`,
  });
  return undefined;
}

const specialFloats: readonly string[] = ["NaN", "Infinity", "-Infinity"];
const numberGrammar = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** The largest finite numbers of the two floating-point types (IEEE 754). */
const floatLimits = { float: "±3.4028235e38", double: "±1.7976931348623157e308" } as const;

function checkFloat(type: ScalarType.FLOAT | ScalarType.DOUBLE, value: CheckedValue): JsonValue | undefined {
  const { tree, field, issues } = value;
  const expected = type === ScalarType.FLOAT ? "float" : "double";
  if (tree.kind !== "number" && tree.kind !== "string") {
    return tellWrongType(value, expected);
  }
  const literal = tree.kind === "number" ? tree.literal : tree.value;
  if (tree.kind === "string" && specialFloats.includes(literal)) {
    return literal;
  }
  if (!numberGrammar.test(literal)) {
    issues.add("wrongType", spanOf(value), { field, expected, actual: quote(literal) });
    return undefined;
  }
  // A float's literal may be a little over its limit and still be nearest to it.
  const number = type === ScalarType.FLOAT ? Math.fround(Number(literal)) : Number(literal);
  if (!Number.isFinite(number)) {
    issues.add("outOfRange", spanOf(value), { field, expected, actual: quote(literal), limit: floatLimits[expected] });
    return undefined;
  }
  return number;
}

function checkString(value: CheckedValue): JsonValue | undefined {
  const { tree, field, issues } = value;
  if (tree.kind !== "string") {
    return tellWrongType(value, "string");
  }
  if (!tree.value.isWellFormed()) {
    issues.add("badFormat", spanOf(value), { field, expected: "UTF-8", actual: "a lone surrogate" });
    return undefined;
  }
  return tree.value;
}

const base64Alphabet = /^[A-Za-z0-9+/_-]*(={0,2})$/;

function checkBytes(value: CheckedValue): JsonValue | undefined {
  const { tree, field, issues } = value;
  if (tree.kind !== "string") {
    return tellWrongType(value, "bytes");
  }
  const match = base64Alphabet.exec(tree.value);
  const padding = match?.[1]?.length ?? 0;
  const digits = tree.value.length - padding;
  const whole = padding === 0 ? digits % 4 !== 1 : (digits + padding) % 4 === 0;
  if (match === null || !whole) {
    issues.add("badBase64", spanOf(value), { field, expected: "base64", actual: quote(tree.value) });
    return undefined;
  }
  return tree.value;
}
