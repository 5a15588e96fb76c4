import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";

/** Whether a value of the type is declared somewhere, under a name. */
export function isNamedType(type: FieldDescriptorProto_Type): boolean {
  return (
    type === FieldDescriptorProto_Type.MESSAGE ||
    type === FieldDescriptorProto_Type.GROUP ||
    type === FieldDescriptorProto_Type.ENUM
  );
}
