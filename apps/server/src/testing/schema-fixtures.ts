import {
  create,
  createFileRegistry,
  type FileRegistry,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { type BuiltSchema, buildSchema } from "../schema/build-schema.ts";
import type { SchemaSource } from "../schema/schema-source.ts";

/** A file as `create` takes it. */
export type FileInit = MessageInitShape<typeof FileDescriptorProtoSchema>;
type FieldInit = MessageInitShape<typeof FieldDescriptorProtoSchema>;

/** Serializes a file; of proto3 unless told otherwise. */
export function fileBytes(init: FileInit): Uint8Array {
  return toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, { syntax: "proto3", ...init }));
}

/** A source of files. */
export function sourceOf(files: readonly FileInit[], overrides: Partial<SchemaSource> = {}): SchemaSource {
  return { id: "a", label: "a", files: files.map(fileBytes), listed: undefined, reasons: new Map(), ...overrides };
}

/** Builds the schema of one source, and loads it as a reader of descriptors does. */
export function buildFiles(
  files: readonly FileInit[],
  overrides: Partial<SchemaSource> = {},
): BuiltSchema & { registry: FileRegistry } {
  return load(buildSchema([sourceOf(files, overrides)]));
}

/** Loads a schema as a reader of descriptors does. Throws where it can't be. */
export function load(built: BuiltSchema): BuiltSchema & { registry: FileRegistry } {
  return { ...built, registry: createFileRegistry(fromBinary(FileDescriptorSetSchema, built.descriptors)) };
}

/** The problem of a service; undefined where the service isn't listed. */
export function problemOf({ services }: BuiltSchema, name: string): string | undefined {
  return services.find((service) => service.name === name)?.problem;
}

/** The names of all files, in their order. */
export function fileNames({ registry }: { readonly registry: FileRegistry }): string[] {
  return [...registry.files].map(({ proto }) => proto.name);
}

/** A field of a message type. */
export function messageField(name: string, number: number, typeName: string, more: FieldInit = {}): FieldInit {
  return {
    name,
    number,
    typeName,
    type: FieldDescriptorProto_Type.MESSAGE,
    label: FieldDescriptorProto_Label.OPTIONAL,
    jsonName: name,
    ...more,
  };
}

/** A field of a string. */
export function stringField(name: string, number: number, more: FieldInit = {}): FieldInit {
  return {
    name,
    number,
    type: FieldDescriptorProto_Type.STRING,
    label: FieldDescriptorProto_Label.OPTIONAL,
    jsonName: name,
    ...more,
  };
}

/** A service with one method. */
export function serviceInit(name: string, inputType: string, outputType = inputType) {
  return { name, method: [{ name: "Call", inputType, outputType }] };
}
