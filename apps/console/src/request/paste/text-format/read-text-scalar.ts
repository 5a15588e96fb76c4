import { type DescEnum, ScalarType } from "@bufbuild/protobuf";
import { scalarName } from "../../../schema/field-type.ts";
import { nearestName } from "../../json/nearest-name.ts";
import { quotePart, type TextFaultKind } from "./text-fault.ts";
import type { TextValue } from "./text-node.ts";

/** A scalar's value as the binary format's writer takes it: integers of 64 bits as `bigint`. */
export type ScalarOfText = boolean | number | bigint | string | Uint8Array;

/** Tells what is wrong with a value. */
export type TellTextFault = (kind: TextFaultKind, values?: Readonly<Record<string, string>>) => undefined;

/** Reads a value as a scalar of `type`; undefined where a fault was told. */
export function readTextScalar(type: ScalarType, value: TextValue, tell: TellTextFault): ScalarOfText | undefined {
  switch (type) {
    case ScalarType.STRING:
      return readString(value, tell);
    case ScalarType.BYTES:
      return value.kind === "string" ? value.bytes : tellType(value, "bytes", tell);
    case ScalarType.BOOL:
      return readBool(value, tell);
    case ScalarType.FLOAT:
    case ScalarType.DOUBLE:
      return readFloat(type, value, tell);
    default:
      return readInteger(type, value, tell);
  }
}

/** Reads a value as one of an enum, by its name or its number; undefined where a fault was told. */
export function readTextEnum(desc: DescEnum, value: TextValue, tell: TellTextFault): number | undefined {
  const names = desc.values.map(({ name }) => name);
  if (value.kind === "word" && !value.isNegative) {
    const known = desc.values.find(({ name }) => name === value.word);
    const suggestion = nearestName(value.word, names);
    const values = { expected: desc.typeName, actual: quotePart(value.word) };
    return known?.number ?? tell("unknownEnumValue", suggestion === undefined ? values : { ...values, suggestion });
  }
  if (value.kind !== "number") {
    return tellType(value, desc.typeName, tell);
  }
  const number = readInteger(ScalarType.INT32, value, tell);
  if (number !== undefined && !desc.open && !desc.values.some((known) => known.number === Number(number))) {
    return tell("unknownEnumValue", { expected: desc.typeName, actual: String(number) });
  }
  return number === undefined ? undefined : Number(number);
}

/** Tells that a value is not of the type `expected`. */
export function tellType(value: TextValue, expected: string, tell: TellTextFault): undefined {
  return tell("wrongType", { expected, actual: describe(value) });
}

function describe(value: TextValue): string {
  switch (value.kind) {
    case "number":
      return `${value.isNegative ? "-" : ""}${quotePart(value.literal)}`;
    case "word":
      return `${value.isNegative ? "-" : ""}${quotePart(value.word)}`;
    case "string":
    case "message":
    case "list":
      return value.kind;
  }
}

function readString(value: TextValue, tell: TellTextFault): string | undefined {
  if (value.kind !== "string") {
    return tellType(value, "string", tell);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value.bytes);
  } catch {
    return tell("notUtf8");
  }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["True", true],
  ["t", true],
  ["false", false],
  ["False", false],
  ["f", false],
]);

function readBool(value: TextValue, tell: TellTextFault): boolean | undefined {
  if (value.kind === "word" && !value.isNegative) {
    return booleans.get(value.word) ?? tellType(value, "bool", tell);
  }
  const number = value.kind === "number" && !value.isNegative ? integerOf(value.literal) : undefined;
  return number === 0n || number === 1n ? number === 1n : tellType(value, "bool", tell);
}

function readFloat(
  type: ScalarType.FLOAT | ScalarType.DOUBLE,
  value: TextValue,
  tell: TellTextFault,
): number | undefined {
  const expected = scalarName(type);
  if (value.kind === "word") {
    const word = value.word.toLowerCase();
    const special = word === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    const isSpecial = word === "nan" || word === "inf" || word === "infinity";
    return isSpecial ? signed(special, value.isNegative) : tellType(value, expected, tell);
  }
  // Integers in octal and in hexadecimal digits are none that a float takes.
  if (value.kind !== "number" || /^0(?:[xX]|[0-9])/.test(value.literal)) {
    return tellType(value, expected, tell);
  }
  const number = signed(Number(value.literal.replace(/[fF]$/, "")), value.isNegative);
  const nearest = type === ScalarType.FLOAT ? Math.fround(number) : number;
  return Number.isFinite(nearest) ? nearest : tell("outOfRange", { expected, actual: describe(value) });
}

function signed(number: number, isNegative: boolean): number {
  return isNegative ? -number : number;
}

const ranges: ReadonlyMap<ScalarType, readonly [min: bigint, max: bigint]> = new Map(
  [
    { types: [ScalarType.INT32, ScalarType.SINT32, ScalarType.SFIXED32], min: -(2n ** 31n), max: 2n ** 31n - 1n },
    { types: [ScalarType.UINT32, ScalarType.FIXED32], min: 0n, max: 2n ** 32n - 1n },
    { types: [ScalarType.INT64, ScalarType.SINT64, ScalarType.SFIXED64], min: -(2n ** 63n), max: 2n ** 63n - 1n },
    { types: [ScalarType.UINT64, ScalarType.FIXED64], min: 0n, max: 2n ** 64n - 1n },
  ].flatMap(({ types, min, max }) => types.map((type) => [type, [min, max] as const] as const)),
);

const maxInt32Range = 2n ** 32n;

function readInteger(type: ScalarType, value: TextValue, tell: TellTextFault): number | bigint | undefined {
  const size = value.kind === "number" ? integerOf(value.literal) : undefined;
  if (value.kind !== "number" || size === undefined) {
    return tellType(value, scalarName(type), tell);
  }
  const number = value.isNegative ? -size : size;
  const [min, max] = ranges.get(type) ?? [0n, 0n];
  if (number < min || number > max) {
    return tell("outOfRange", { expected: scalarName(type), actual: describe(value) });
  }
  return max < maxInt32Range ? Number(number) : number;
}

/** No integer type has more digits, in octal. */
const maxLiteral = 30;

function integerOf(literal: string): bigint | undefined {
  if (literal.length > maxLiteral) {
    return /^[0-9]+$/.test(literal) ? 2n ** 65n : undefined;
  }
  if (/^0[0-7]+$/.test(literal)) {
    return BigInt(`0o${literal.slice(1)}`);
  }
  return /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/.test(literal) ? BigInt(literal) : undefined;
}
