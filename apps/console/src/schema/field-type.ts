import { type DescExtension, type DescField, ScalarType } from "@bufbuild/protobuf";

/** A field's type as a proto file writes it: `int32`, `repeated string`, `map<string, test.Person>`. */
export function fieldType(field: DescField | DescExtension): string {
  switch (field.fieldKind) {
    case "list":
      return `repeated ${itemType(field)}`;
    case "map":
      return `map<${scalarName(field.mapKey)}, ${itemType(field)}>`;
    case "scalar":
    case "enum":
    case "message":
      return itemType(field);
  }
}

/** The type of a field, or of one item or value where it is a list or a map. */
export function itemType(field: DescField | DescExtension): string {
  if (field.enum !== undefined) {
    return field.enum.typeName;
  }
  if (field.message !== undefined) {
    return field.message.typeName;
  }
  return field.scalar === undefined ? "" : scalarName(field.scalar);
}

/** The name of a scalar type as a proto file writes it: `sint64`. */
export function scalarName(type: ScalarType): string {
  return ScalarType[type].toLowerCase();
}
