import type { JsonValue } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { checkScalar } from "./check-scalar.ts";
import { type CheckedValue, checkOnce, childOf, quote, spanOf, tellWrongType } from "./checked-value.ts";
import { emptyObject } from "./empty-object.ts";

/** Checks one well-known type that has its own JSON form; undefined where an issue was told. */
export type WellKnownCheck = (value: CheckedValue) => JsonValue | undefined;

/** The checks by full type name, for all but `google.protobuf.Any`. */
export const wellKnownChecks: ReadonlyMap<string, WellKnownCheck> = new Map<string, WellKnownCheck>([
  ["google.protobuf.Timestamp", (value) => checkText(value, { test: isTimestamp, expected: "2030-10-10T00:00:00Z" })],
  ["google.protobuf.Duration", (value) => checkText(value, { test: isDuration, expected: "1.5s" })],
  ["google.protobuf.FieldMask", (value) => checkText(value, { test: isFieldMask, expected: "name,address.city" })],
  ["google.protobuf.Struct", (value) => checkShape(value, "object")],
  ["google.protobuf.ListValue", (value) => checkShape(value, "array")],
  ["google.protobuf.Value", checkAnything],
  ["google.protobuf.BoolValue", (value) => checkScalar(ScalarType.BOOL, value)],
  ["google.protobuf.BytesValue", (value) => checkScalar(ScalarType.BYTES, value)],
  ["google.protobuf.DoubleValue", (value) => checkScalar(ScalarType.DOUBLE, value)],
  ["google.protobuf.FloatValue", (value) => checkScalar(ScalarType.FLOAT, value)],
  ["google.protobuf.Int32Value", (value) => checkScalar(ScalarType.INT32, value)],
  ["google.protobuf.Int64Value", (value) => checkScalar(ScalarType.INT64, value)],
  ["google.protobuf.StringValue", (value) => checkScalar(ScalarType.STRING, value)],
  ["google.protobuf.UInt32Value", (value) => checkScalar(ScalarType.UINT32, value)],
  ["google.protobuf.UInt64Value", (value) => checkScalar(ScalarType.UINT64, value)],
]);

interface TextForm {
  readonly test: (text: string) => boolean;
  /** An example of the form. */
  readonly expected: string;
}

function checkText(value: CheckedValue, { test, expected }: TextForm): JsonValue | undefined {
  const { tree, field, issues } = value;
  if (tree.kind !== "string") {
    return tellWrongType(value, "string");
  }
  if (!test(tree.value)) {
    issues.add("badFormat", spanOf(value), { field, expected, actual: quote(tree.value) });
    return undefined;
  }
  return tree.value;
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](\d{2}):(\d{2}))$/;
const minTimestampMs = Date.parse("0001-01-01T00:00:00Z");
const maxTimestampMs = Date.parse("9999-12-31T23:59:59Z");

function isTimestamp(text: string): boolean {
  const match = rfc3339.exec(text);
  if (match === null) {
    return false;
  }
  const [, year = "", month = "", day = "", hour, minute, second, zoneHour = "0", zoneMinute = "0"] = match;
  const lastDay = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate();
  const inCalendar = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= lastDay;
  const inDay = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  const inZone = Number(zoneHour) < 24 && Number(zoneMinute) < 60;
  const atMs = Date.parse(text.replace(/\.\d+/, ""));
  return inCalendar && inDay && inZone && atMs >= minTimestampMs && atMs <= maxTimestampMs;
}

/** 10,000 years, as duration.proto limits it. */
const maxDurationSeconds = 315_576_000_000;

function isDuration(text: string): boolean {
  const match = /^-?(\d{1,12})(?:\.(\d{1,9}))?s$/.exec(text);
  if (match === null) {
    return false;
  }
  const seconds = Number(match[1]);
  return seconds < maxDurationSeconds || (seconds === maxDurationSeconds && Number(match[2] ?? 0) === 0);
}

function isFieldMask(text: string): boolean {
  return text === "" || text.split(",").every((path) => /^[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*$/.test(path));
}

function checkShape(value: CheckedValue, shape: "object" | "array"): JsonValue | undefined {
  return value.tree.kind === shape ? checkAnything(value) : tellWrongType(value, shape);
}

function checkAnything(value: CheckedValue): JsonValue | undefined {
  const { tree } = value;
  switch (tree.kind) {
    case "object":
    case "array":
      return checkOnce(value, checkInside, checkInside);
    case "string":
      return checkScalar(ScalarType.STRING, value);
    case "number":
      return checkScalar(ScalarType.DOUBLE, value);
    case "word":
      return tree.value;
    case "missing":
      return undefined;
  }
}

function checkInside(value: CheckedValue): JsonValue | undefined {
  const { tree, issues } = value;
  if (tree.kind === "array") {
    return tree.items.map((item) => checkAnything(childOf(value, item))).filter((item) => item !== undefined);
  }
  const seen = new Set<string>();
  const object = emptyObject();
  for (const { key, value: member } of tree.kind === "object" ? tree.members : []) {
    const name = key.tree.value;
    if (seen.has(name)) {
      issues.add("duplicateField", spanOf(childOf(value, key)), { field: quote(name) });
    }
    seen.add(name);
    const checked = checkAnything(childOf(value, member, name));
    if (checked !== undefined) {
      object[name] = checked;
    }
  }
  return object;
}
