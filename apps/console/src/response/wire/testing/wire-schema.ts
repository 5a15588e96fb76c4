import {
  create,
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import {
  type FieldDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

type FieldInit = MessageInitShape<typeof FieldDescriptorProtoSchema>;

/** A schema of proto2 with what proto3 lacks: groups, closed enums, unpacked lists, extensions, reserved numbers. */
export function oldSchema(): { readonly registry: FileRegistry; readonly old: DescMessage } {
  const one = (name: string, number: number, type: Type, rest: FieldInit = {}): FieldInit => ({
    name,
    number,
    type,
    label: Label.OPTIONAL,
    ...rest,
  });
  const many = (name: string, number: number, type: Type, rest: FieldInit = {}): FieldInit =>
    one(name, number, type, { label: Label.REPEATED, ...rest });
  const file = {
    name: "old.proto",
    package: "old",
    syntax: "proto2",
    enumType: [
      {
        name: "Size",
        value: [
          { name: "SMALL", number: 1 },
          { name: "LARGE", number: 2 },
        ],
      },
    ],
    messageType: [
      {
        name: "Old",
        field: [
          one("text", 1, Type.STRING),
          one("count", 2, Type.INT32),
          one("group", 3, Type.GROUP, { typeName: ".old.Old.Group" }),
          many("groups", 4, Type.GROUP, { typeName: ".old.Old.Group" }),
          one("size", 5, Type.ENUM, { typeName: ".old.Size" }),
          many("sizes", 6, Type.ENUM, { typeName: ".old.Size" }),
          many("unpacked", 7, Type.SINT64),
          many("packed", 8, Type.FIXED32, { options: { packed: true } }),
          one("child", 9, Type.MESSAGE, { typeName: ".old.Old" }),
          one("flag", 10, Type.BOOL),
          one("a", 11, Type.UINT32, { oneofIndex: 0 }),
          one("b", 12, Type.MESSAGE, { typeName: ".old.Old", oneofIndex: 0 }),
        ],
        oneofDecl: [{ name: "choice" }],
        nestedType: [
          {
            name: "Group",
            field: [one("inner", 1, Type.UINT64), one("again", 2, Type.GROUP, { typeName: ".old.Old.Group" })],
          },
        ],
        reservedRange: [{ start: 20, end: 23 }],
        extensionRange: [{ start: 100, end: 200 }],
      },
    ],
    extension: [one("extra", 100, Type.STRING, { extendee: ".old.Old" })],
  };
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  const old = registry.getMessage("old.Old");
  if (old === undefined) {
    throw new Error("the schema has no message old.Old");
  }
  return { registry, old };
}
