import {
  type DescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import type { FileEditor } from "../files/file-editor.ts";
import { isNamedType } from "./named-type.ts";

const typesOfNoKey: ReadonlySet<Type> = new Set([Type.BYTES, Type.FLOAT, Type.DOUBLE]);

/** Whether a message can be a map's entry: see https://protobuf.dev/programming-guides/encoding/#maps. */
export function isMapEntry({ field, nestedType, enumType, extension }: DescriptorProto): boolean {
  const key = field.find(({ number }) => number === 1);
  const value = field.find(({ number }) => number === 2);
  return (
    key !== undefined &&
    value !== undefined &&
    key.label !== Label.REPEATED &&
    value.label !== Label.REPEATED &&
    !isNamedType(key.type) &&
    !typesOfNoKey.has(key.type) &&
    nestedType.length + enumType.length + extension.length === 0
  );
}

/** Makes a plain message of one that says it is a map's entry and isn't: on the wire, a map is a list of messages. */
export function demoteMapEntry(message: DescriptorProto, editor: FileEditor): void {
  if (message.options?.mapEntry === true) {
    message.options.mapEntry = false;
    editor.touch();
  }
}
