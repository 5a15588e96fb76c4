import { ScalarType } from "@bufbuild/protobuf";
import { StructSchema, ValueSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { fieldValueType, messageValueType, scalarValueType } from "./field-value-type.ts";

describe("fieldValueType()", () => {
  test("is the type of a map's values", () => {
    expect(fieldValueType(StructSchema.field.fields)).toBe(messageValueType(ValueSchema));
  });

  test("is the type of a list's items, a scalar's and an enum's", () => {
    const { listValue, stringValue, nullValue } = ValueSchema.field;
    expect(fieldValueType(listValue).name).toBe("google.protobuf.ListValue");
    expect(fieldValueType(stringValue)).toBe(scalarValueType(ScalarType.STRING));
    expect(fieldValueType(nullValue)).toMatchObject({ kind: "enum", name: "google.protobuf.NullValue" });
  });
});
