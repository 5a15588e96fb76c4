import type { DescEnum, DescExtension, DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { ScalarType as Scalar } from "@bufbuild/protobuf";
import { scalarName } from "../../schema/field-type.ts";

/**
 * What one value must be: that of a singular field, one item of a list, one value or one key of a map, or a whole
 * message. `name` is the type as a proto file writes it. One object for each type, however often it is asked for.
 */
export type FieldValueType =
  | { readonly kind: "scalar"; readonly scalar: ScalarType; readonly name: string }
  | { readonly kind: "enum"; readonly enum: DescEnum; readonly name: string }
  | { readonly kind: "message"; readonly message: DescMessage; readonly name: string };

const scalarTypes: ReadonlyMap<ScalarType, FieldValueType> = new Map(
  Object.values(Scalar)
    .filter((scalar) => typeof scalar === "number")
    .map((scalar) => [scalar, { kind: "scalar", scalar, name: scalarName(scalar) }]),
);

const namedTypes = new WeakMap<DescEnum | DescMessage, FieldValueType>();

/** The type of a singular field's value, of a list's items, or of a map's values. */
export function fieldValueType(field: DescField | DescExtension): FieldValueType {
  if (field.message !== undefined) {
    return messageValueType(field.message);
  }
  if (field.enum !== undefined) {
    return enumValueType(field.enum);
  }
  return scalarValueType(field.scalar ?? Scalar.STRING);
}

/** The type of a scalar value, such as a map's key. */
export function scalarValueType(scalar: ScalarType): FieldValueType {
  return scalarTypes.get(scalar) ?? { kind: "scalar", scalar, name: scalarName(scalar) };
}

/** The type of a value that is a message. */
export function messageValueType(message: DescMessage): FieldValueType {
  return remember(message, () => ({ kind: "message", message, name: message.typeName }));
}

function enumValueType(desc: DescEnum): FieldValueType {
  return remember(desc, () => ({ kind: "enum", enum: desc, name: desc.typeName }));
}

function remember(desc: DescEnum | DescMessage, create: () => FieldValueType): FieldValueType {
  const known = namedTypes.get(desc);
  if (known !== undefined) {
    return known;
  }
  const created = create();
  namedTypes.set(desc, created);
  return created;
}
