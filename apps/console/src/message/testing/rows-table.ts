import {
  create,
  createFileRegistry,
  type DescFile,
  type DescMessage,
  type Message,
  type Registry,
} from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_timestamp,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import { type TableModel, tableFields, tableModel } from "../table/table-model.ts";

/** A row of `rowsTable`: what is left out is not set. */
export interface TestRow {
  readonly big?: bigint;
  readonly text?: string;
  readonly real?: number;
  readonly time?: { readonly seconds: bigint; readonly nanos: number };
  readonly inner?: { readonly note: string };
}

const field = (name: string, number: number, type: Type, typeName = "", label: Label = Label.OPTIONAL) => ({
  name,
  jsonName: name,
  number,
  type,
  typeName,
  label,
});

const file = create(FileDescriptorProtoSchema, {
  name: "rows.proto",
  package: "rows",
  syntax: "proto3",
  dependency: ["google/protobuf/timestamp.proto"],
  messageType: [
    { name: "Inner", field: [field("note", 1, Type.STRING)] },
    {
      name: "Row",
      field: [
        field("big", 1, Type.INT64),
        field("text", 2, Type.STRING),
        field("real", 3, Type.DOUBLE),
        field("time", 4, Type.MESSAGE, ".google.protobuf.Timestamp"),
        field("inner", 5, Type.MESSAGE, ".rows.Inner"),
      ],
    },
    { name: "Rows", field: [field("rows", 1, Type.MESSAGE, ".rows.Row", Label.REPEATED)] },
  ],
});

const timestampFile: DescFile = file_google_protobuf_timestamp;
const registry: Registry = createFileRegistry(file, () => timestampFile);

/** A table of these rows. */
export function rowsTable(rows: readonly TestRow[]): TableModel {
  const desc: DescMessage | undefined = registry.getMessage("rows.Rows");
  const [list] = desc === undefined ? [] : tableFields(desc);
  if (desc === undefined || list === undefined) {
    throw new Error("rows.proto has no list of rows");
  }
  const message: Message = create(desc, { rows: [...rows] });
  return tableModel(message, list, { registry });
}
