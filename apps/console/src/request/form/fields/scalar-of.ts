import { ScalarType } from "@bufbuild/protobuf";
import type { FieldValueType } from "../field-value-type.ts";

/** The scalar that a value holds: its own type, or that of the one field of a wrapper such as `google.protobuf.Int64Value`. */
export function scalarOf(type: FieldValueType): ScalarType {
  switch (type.kind) {
    case "scalar":
      return type.scalar;
    case "message":
      return type.message.fields[0]?.scalar ?? ScalarType.STRING;
    case "enum":
      return ScalarType.INT32;
  }
}
