import { ScalarType } from "@bufbuild/protobuf";
import type { JsonTree } from "../../document/json-tree.ts";
import type { FieldValueType } from "../field-value-type.ts";
import { AnyEditor } from "./any-editor.tsx";
import { BoolEditor } from "./bool-editor.tsx";
import { BytesEditor } from "./bytes-editor.tsx";
import { DurationEditor } from "./duration-editor.tsx";
import { EmptyEditor } from "./empty-editor.tsx";
import { EnumEditor } from "./enum-editor.tsx";
import type { FieldEditor } from "./field-editor.ts";
import { FieldMaskEditor } from "./field-mask-editor.tsx";
import { FloatEditor } from "./float-editor.tsx";
import { guardEditor } from "./guard-editor.tsx";
import { IntegerEditor } from "./integer-editor.tsx";
import { JsonContainerEditor, JsonValueEditor } from "./json-value-editor.tsx";
import { NullEditor } from "./null-editor.tsx";
import { StringEditor } from "./string-editor.tsx";
import { TimestampEditor } from "./timestamp-editor.tsx";

const kind =
  (...kinds: readonly JsonTree["kind"][]) =>
  (value: JsonTree) =>
    kinds.includes(value.kind);

const text = kind("string");
const isNull = (value: JsonTree) => value.kind === "word" && value.value === null;

const bool = guardEditor(BoolEditor, (value) => value.kind === "word" && value.value !== null);
const integer = guardEditor(IntegerEditor, kind("number", "string"));
const float = guardEditor(FloatEditor, kind("number", "string"));
const string = guardEditor(StringEditor, text);
const bytes = guardEditor(BytesEditor, text);
const enumValue = guardEditor(EnumEditor, kind("number", "string"));

const byScalar: ReadonlyMap<ScalarType, FieldEditor> = new Map<ScalarType, FieldEditor>([
  [ScalarType.BOOL, bool],
  [ScalarType.STRING, string],
  [ScalarType.BYTES, bytes],
  [ScalarType.FLOAT, float],
  [ScalarType.DOUBLE, float],
]);

const byName: ReadonlyMap<string, FieldEditor> = new Map<string, FieldEditor>([
  ["google.protobuf.Any", guardEditor(AnyEditor, kind("object"))],
  ["google.protobuf.BoolValue", bool],
  ["google.protobuf.BytesValue", bytes],
  ["google.protobuf.DoubleValue", float],
  ["google.protobuf.Duration", guardEditor(DurationEditor, text)],
  ["google.protobuf.Empty", guardEditor(EmptyEditor, (value) => value.kind === "object" && value.members.length === 0)],
  ["google.protobuf.FieldMask", guardEditor(FieldMaskEditor, text)],
  ["google.protobuf.FloatValue", float],
  ["google.protobuf.Int32Value", integer],
  ["google.protobuf.Int64Value", integer],
  ["google.protobuf.ListValue", guardEditor(JsonContainerEditor, kind("array"))],
  ["google.protobuf.NullValue", guardEditor(NullEditor, isNull)],
  ["google.protobuf.StringValue", string],
  ["google.protobuf.Struct", guardEditor(JsonContainerEditor, kind("object"))],
  ["google.protobuf.Timestamp", guardEditor(TimestampEditor, text)],
  ["google.protobuf.UInt32Value", integer],
  ["google.protobuf.UInt64Value", integer],
  ["google.protobuf.Value", guardEditor(JsonValueEditor, (value) => value.kind !== "missing")],
]);

/**
 * The editor for values of a type; the same one for the same type. Undefined for a message that is edited field by field.
 * Each shows a value of a kind that its type doesn't take as JSON text, so that it can be mended.
 */
export function findFieldEditor(type: FieldValueType): FieldEditor | undefined {
  switch (type.kind) {
    case "scalar":
      return byScalar.get(type.scalar) ?? integer;
    case "enum":
      return byName.get(type.name) ?? enumValue;
    case "message":
      return byName.get(type.name);
  }
}
