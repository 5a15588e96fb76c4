import { type DescEnum, type DescExtension, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { isPackable, wireTypeOf } from "./decode-scalar.ts";
import { wireTypes } from "./wire-node.ts";

/** What one value of a field is: of a list one item, of a map one entry. */
export type ValueType =
  | { readonly kind: "scalar"; readonly type: ScalarType; readonly isUtf8Validated: boolean }
  | { readonly kind: "enum"; readonly desc: DescEnum }
  | { readonly kind: "message"; readonly desc: DescMessage; readonly isDelimited: boolean }
  | { readonly kind: "entry"; readonly map: DescField & { readonly fieldKind: "map" } };

/** The type of a field's values. */
export function valueTypeOf(field: DescField | DescExtension): ValueType {
  if (field.fieldKind === "map") {
    return { kind: "entry", map: field };
  }
  if (field.message !== undefined) {
    return { kind: "message", desc: field.message, isDelimited: field.delimitedEncoding };
  }
  if (field.enum !== undefined) {
    return { kind: "enum", desc: field.enum };
  }
  return { kind: "scalar", type: field.scalar ?? ScalarType.BYTES, isUtf8Validated: field.utf8Validation };
}

/** The type of what stands in a map's entry under 1, the key, or 2, the value. */
export function entryPartType(map: DescField & { readonly fieldKind: "map" }, part: "key" | "value"): ValueType {
  const { utf8Validation: isUtf8Validated } = map;
  if (part === "key") {
    return { kind: "scalar", type: map.mapKey, isUtf8Validated };
  }
  if (map.message !== undefined) {
    return { kind: "message", desc: map.message, isDelimited: false };
  }
  return map.enum === undefined
    ? { kind: "scalar", type: map.scalar, isUtf8Validated }
    : { kind: "enum", desc: map.enum };
}

/** The wire type that a value has, alone or as an unpacked item. */
export function ownWireType(type: ValueType): number {
  switch (type.kind) {
    case "scalar":
      return wireTypeOf(type.type);
    case "enum":
      return wireTypes.varint;
    case "message":
      return type.isDelimited ? wireTypes.startGroup : wireTypes.lengthDelimited;
    case "entry":
      return wireTypes.lengthDelimited;
  }
}

/** Whether items of the type can stand in a packed list. */
export function canBePacked(type: ValueType): boolean {
  return type.kind === "enum" || (type.kind === "scalar" && isPackable(type.type));
}
