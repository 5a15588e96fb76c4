import { type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { scalarName } from "../../schema/field-type.ts";
import { integerRange } from "./integer-range.ts";
import type { IssueList } from "./issue-list.ts";
import type { JsonNode } from "./json-node.ts";
import { parseInteger } from "./parse-integer.ts";

/** A value to be checked, and what it belongs to. */
export interface CheckedValue {
  readonly node: JsonNode;
  /** What issues call the place: a field's name, or a type's. */
  readonly field: string;
  readonly issues: IssueList;
}

/**
 * Checks a value of a scalar field by the ProtoJSON format, and answers it so that no digit is lost: 64-bit integers as
 * decimal strings. Undefined where an issue was told.
 */
export function checkScalar(type: ScalarType, value: CheckedValue): JsonValue | undefined {
  const { node } = value;
  switch (type) {
    case ScalarType.BOOL:
      return node.kind === "boolean" ? node.value : tellWrongType(value, "bool");
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

/** Tells that the value is not of the type `expected`. A missing value is passed over: the parser told of it. */
export function tellWrongType({ node, field, issues }: CheckedValue, expected: string): undefined {
  if (node.kind !== "missing") {
    issues.add("wrongType", node, { field, expected, actual: node.kind });
  }
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

function checkInteger(type: ScalarType, value: CheckedValue): JsonValue | undefined {
  const { node, field, issues } = value;
  if (node.kind !== "number" && node.kind !== "string") {
    return tellWrongType(value, scalarName(type));
  }
  const literal = node.kind === "number" ? node.literal : node.value;
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
      issues.add("wrongType", node, { field, expected: scalarName(type), actual: quote(literal) });
      return undefined;
  }
  issues.add("outOfRange", node, {
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
  const { node, field, issues } = value;
  const expected = type === ScalarType.FLOAT ? "float" : "double";
  if (node.kind !== "number" && node.kind !== "string") {
    return tellWrongType(value, expected);
  }
  const literal = node.kind === "number" ? node.literal : node.value;
  if (node.kind === "string" && specialFloats.includes(literal)) {
    return literal;
  }
  if (!numberGrammar.test(literal)) {
    issues.add("wrongType", node, { field, expected, actual: quote(literal) });
    return undefined;
  }
  // A float's literal may be a little over its limit and still be nearest to it.
  const number = type === ScalarType.FLOAT ? Math.fround(Number(literal)) : Number(literal);
  if (!Number.isFinite(number)) {
    issues.add("outOfRange", node, { field, expected, actual: quote(literal), limit: floatLimits[expected] });
    return undefined;
  }
  return number;
}

function checkString(value: CheckedValue): JsonValue | undefined {
  const { node, field, issues } = value;
  if (node.kind !== "string") {
    return tellWrongType(value, "string");
  }
  if (!node.value.isWellFormed()) {
    issues.add("badFormat", node, { field, expected: "UTF-8", actual: "a lone surrogate" });
    return undefined;
  }
  return node.value;
}

const base64Alphabet = /^[A-Za-z0-9+/_-]*(={0,2})$/;

function checkBytes(value: CheckedValue): JsonValue | undefined {
  const { node, field, issues } = value;
  if (node.kind !== "string") {
    return tellWrongType(value, "bytes");
  }
  const match = base64Alphabet.exec(node.value);
  const padding = match?.[1]?.length ?? 0;
  const digits = node.value.length - padding;
  const whole = padding === 0 ? digits % 4 !== 1 : (digits + padding) % 4 === 0;
  if (match === null || !whole) {
    issues.add("badBase64", node, { field, expected: "base64", actual: quote(node.value) });
    return undefined;
  }
  return node.value;
}

const maxQuotedText = 40;

/** A value's text for an issue, cut where it is long. */
export function quote(text: string): string {
  return text.length > maxQuotedText ? `${text.slice(0, maxQuotedText)}…` : text;
}
