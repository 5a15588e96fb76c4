import { type DescEnum, type DescMessage, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import type { ValueLimit, ValueRules } from "./example-rules.ts";
import { fitText } from "./fit-text.ts";

/**
 * The value as it is where the rules allow it, and otherwise another one that they allow, as far as that can be told.
 * Values are in the ProtoJSON form; `position` tells the items of a list apart.
 */
export function fitRules(
  value: JsonValue,
  type: ScalarType | DescEnum | DescMessage,
  rules: ValueRules,
  position: number,
): JsonValue {
  if (rules.const !== undefined) {
    return rules.const;
  }
  const offered = [...(rules.examples ?? []), ...(rules.in ?? [])];
  if (offered.length > 0) {
    return offered[position % offered.length] ?? value;
  }
  const fitted = typeof type === "number" ? fitScalar(value, type, rules, position) : fitMessage(value, type, rules);
  return isRefused(fitted, rules) ? nextAllowed(fitted, type, rules) : fitted;
}

function isRefused(value: JsonValue, { notIn = [] }: ValueRules): boolean {
  return notIn.some((refused) => String(refused) === String(value));
}

/** How many other values are tried in the place of a refused one. */
const maxTries = 100;

function nextAllowed(value: JsonValue, type: ScalarType | DescEnum | DescMessage, rules: ValueRules): JsonValue {
  if (typeof type !== "number" && type.kind === "enum") {
    return type.values.find(({ name }) => !isRefused(name, rules))?.name ?? value;
  }
  for (let step = 1; step <= maxTries; step++) {
    const next = nextTo(value, step);
    if (next !== undefined && !isRefused(next, rules)) {
      return next;
    }
  }
  return value;
}

function nextTo(value: JsonValue, step: number): JsonValue | undefined {
  if (typeof value === "number") {
    return value + step;
  }
  if (typeof value === "string") {
    return /^-?\d+$/.test(value) ? String(BigInt(value) + BigInt(step)) : `${value}${step}`;
  }
  return typeof value === "boolean" ? !value : undefined;
}

function fitScalar(value: JsonValue, type: ScalarType, rules: ValueRules, position: number): JsonValue {
  switch (type) {
    case ScalarType.STRING:
      return fitText(String(value), rules, position);
    case ScalarType.BYTES:
      return fitBytes(String(value), rules);
    case ScalarType.BOOL:
      return value;
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return fitFraction(Number(value), rules);
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return String(fitInteger(BigInt(String(value)), rules));
    default:
      return Number(fitInteger(BigInt(String(value)), rules));
  }
}

function fitInteger(value: bigint, { min, max }: ValueRules): bigint {
  const least = lowest(min);
  const most = highest(max);
  // Where the least is over the most, the rules refuse what is between the two.
  if (least !== undefined && value < least && (most === undefined || most >= least || value > most)) {
    return least;
  }
  return most !== undefined && value > most && (least === undefined || most >= least) ? most : value;
}

function lowest(limit: ValueLimit | undefined): bigint | undefined {
  if (limit === undefined) {
    return undefined;
  }
  return limit.isExclusive === true ? floor(limit.value) + 1n : -floor(negated(limit.value));
}

function highest(limit: ValueLimit | undefined): bigint | undefined {
  const least = lowest(limit && { ...limit, value: negated(limit.value) });
  return least === undefined ? undefined : -least;
}

function floor(value: number | bigint): bigint {
  return typeof value === "bigint" ? value : BigInt(Math.floor(value));
}

function negated(value: number | bigint): number | bigint {
  return typeof value === "bigint" ? -value : -value;
}

function fitFraction(value: number, { min, max }: ValueRules): number {
  const least = min === undefined ? Number.NEGATIVE_INFINITY : Number(min.value);
  const most = max === undefined ? Number.POSITIVE_INFINITY : Number(max.value);
  const isUnder = value < least || (value === least && min?.isExclusive === true);
  const isOver = value > most || (value === most && max?.isExclusive === true);
  if (!isUnder && !isOver) {
    return value;
  }
  if (Number.isFinite(least) && Number.isFinite(most) && most > least) {
    return least + (most - least) / 2;
  }
  return isUnder ? least + 1 : most - 1;
}

function fitBytes(base64: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: ValueRules): string {
  const bytes = base64Decode(base64);
  const length = Math.min(Math.max(bytes.length, minLength), maxLength, maxFilledBytes);
  return base64Encode(Uint8Array.from({ length }, (_, at) => bytes[at % Math.max(bytes.length, 1)] ?? 0));
}

/** The longest bytes that an example is filled with, whatever the rules ask for. */
const maxFilledBytes = 65_536;

const nanosPerSecond = 1_000_000_000n;

/** Fits a `Duration` or a `Timestamp` to the limits; every other message stays as it is. */
function fitMessage(value: JsonValue, type: DescEnum | DescMessage, rules: ValueRules): JsonValue {
  if (rules.min === undefined && rules.max === undefined) {
    return value;
  }
  if (type.typeName === "google.protobuf.Duration") {
    const nanos = BigInt(Math.round(Number.parseFloat(String(value)) * 1e9));
    const fitted = fitInteger(nanos, rules);
    const size = fitted < 0n ? -fitted : fitted;
    return `${fitted < 0n ? "-" : ""}${size / nanosPerSecond}${fraction(size % nanosPerSecond)}s`;
  }
  if (type.typeName === "google.protobuf.Timestamp") {
    const nanos = BigInt(Date.parse(String(value))) * 1_000_000n;
    const fitted = fitInteger(nanos, rules);
    const rest = ((fitted % nanosPerSecond) + nanosPerSecond) % nanosPerSecond;
    const seconds = new Date(Number((fitted - rest) / 1_000_000n)).toISOString().slice(0, 19);
    return `${seconds}${fraction(rest)}Z`;
  }
  return value;
}

function fraction(nanos: bigint): string {
  return nanos === 0n ? "" : `.${String(nanos).padStart(9, "0").replace(/0+$/, "")}`;
}
