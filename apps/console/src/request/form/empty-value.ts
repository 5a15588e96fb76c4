import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { FieldValueType } from "./field-value-type.ts";
import type { FormField } from "./form-place.ts";

const emptyMessages: ReadonlyMap<string, string> = new Map([
  ["google.protobuf.BoolValue", "false"],
  ["google.protobuf.BytesValue", '""'],
  ["google.protobuf.DoubleValue", "0"],
  ["google.protobuf.Duration", '"0s"'],
  ["google.protobuf.FieldMask", '""'],
  ["google.protobuf.FloatValue", "0"],
  ["google.protobuf.Int32Value", "0"],
  ["google.protobuf.Int64Value", '"0"'],
  ["google.protobuf.ListValue", "[]"],
  ["google.protobuf.StringValue", '""'],
  ["google.protobuf.Timestamp", '"1970-01-01T00:00:00Z"'],
  ["google.protobuf.UInt32Value", "0"],
  ["google.protobuf.UInt64Value", '"0"'],
  ["google.protobuf.Value", "null"],
]);

/** The JSON text that a value begins with: its type's zero, a message without fields. */
export function emptyValue(type: FieldValueType): string {
  switch (type.kind) {
    case "scalar":
      return emptyScalar(type.scalar);
    case "enum":
      return type.name === "google.protobuf.NullValue" ? "null" : JSON.stringify(type.enum.values[0]?.name ?? 0);
    case "message":
      return emptyMessage(type.message);
  }
}

/** The JSON text of a message without fields. */
export function emptyMessage(desc: DescMessage): string {
  return emptyMessages.get(desc.typeName) ?? "{}";
}

function emptyScalar(type: ScalarType): string {
  switch (type) {
    case ScalarType.BOOL:
      return "false";
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return '""';
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return '"0"';
    default:
      return "0";
  }
}

/** The JSON text that a field begins with when it is set: the default that its schema declares, or the empty value. */
export function initialValue(field: FormField, type: FieldValueType): string {
  const declared = declaredDefault(field);
  switch (typeof declared) {
    case "undefined":
      return emptyValue(type);
    case "number":
      return Number.isFinite(declared) && !Object.is(declared, -0)
        ? String(declared)
        : JSON.stringify(floatText(declared));
    case "boolean":
      return String(declared);
    case "bigint":
    case "string":
      return JSON.stringify(String(declared));
  }
}

/** What an absent field counts as, in the words of its type; empty where it counts as nothing. */
export function defaultText(field: FormField, type: FieldValueType): string {
  if (field.fieldKind === "list" || field.fieldKind === "map") {
    return "";
  }
  const declared = declaredDefault(field);
  if (declared !== undefined) {
    return typeof declared === "number" ? floatText(declared) : String(declared);
  }
  switch (type.kind) {
    case "scalar":
      return type.scalar === ScalarType.STRING || type.scalar === ScalarType.BYTES
        ? ""
        : emptyScalar(type.scalar).replaceAll('"', "");
    case "enum":
      return type.enum.values[0]?.name ?? "";
    case "message":
      return "";
  }
}

function floatText(number: number): string {
  return Object.is(number, -0) ? "-0" : String(number);
}

/** The default that a proto2 or editions file declares for a field; an enum's is the name of its value. */
function declaredDefault(field: FormField): string | number | bigint | boolean | undefined {
  if (field.fieldKind !== "scalar" && field.fieldKind !== "enum") {
    return undefined;
  }
  try {
    const value = field.getDefaultValue();
    if (field.fieldKind === "enum") {
      return field.enum.values.find(({ number }) => number === value)?.name;
    }
    return value instanceof Uint8Array ? base64Encode(value) : value;
  } catch {
    // A stranger's schema may declare what its type can't hold.
    return undefined;
  }
}

/** Whether a field has a value of its own even where that is its type's zero: such a field is set or not. */
export function hasPresence(field: FormField): boolean {
  return field.presence !== FeatureSet_FieldPresence.IMPLICIT;
}

/** Whether a message isn't complete without the field. */
export function isRequired(field: FormField): boolean {
  return field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED;
}
