import { create } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  type ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import { moveSourceInfo, recordElementPaths } from "./element-paths.ts";
import { type SchemaFile, schemaFileOf } from "./schema-file.ts";
import { joinName } from "./type-names.ts";

/** What a file declares at its top, with all that is declared inside it. */
export interface TopDeclaration {
  readonly element: DescriptorProto | EnumDescriptorProto | ServiceDescriptorProto | FieldDescriptorProto;
  /** The full names of the message, enum, service or extension, and of those within. */
  readonly names: readonly string[];
}

/** Everything that a file declares at its top. */
export function topDeclarations(file: FileDescriptorProto): TopDeclaration[] {
  const declarations: TopDeclaration[] = file.messageType.map((element) => ({
    element,
    names: [...namesWithin(element, file.package)],
  }));
  for (const element of [...file.enumType, ...file.service, ...file.extension]) {
    declarations.push({ element, names: [joinName(file.package, element.name)] });
  }
  return declarations;
}

/** What is otherwise in a file that has some of another's declarations. */
export interface PartFields {
  readonly name: string;
  /** The names of its imports, none of them public; undefined for the same as the other has. */
  readonly dependency?: string[];
}

/**
 * Makes a file of some of another's declarations. Comments stay with what they are about.
 *
 * @param keeps whether a declaration of the top comes along
 */
export function keepDeclarations(
  { proto, sourceInfo }: SchemaFile,
  { name, dependency }: PartFields,
  keeps: (element: TopDeclaration["element"]) => boolean,
): SchemaFile {
  // Assigned to a message of its own, since unset fields of proto2 have their defaults from the prototype.
  const part = Object.assign(create(FileDescriptorProtoSchema), proto, {
    name,
    messageType: proto.messageType.filter(keeps),
    enumType: proto.enumType.filter(keeps),
    service: proto.service.filter(keeps),
    extension: proto.extension.filter(keeps),
    dependency: dependency ?? [...proto.dependency],
    publicDependency: dependency === undefined ? [...proto.publicDependency] : [],
    weakDependency: dependency === undefined ? [...proto.weakDependency] : [],
  });
  return schemaFileOf(part, sourceInfo && moveSourceInfo(sourceInfo, recordElementPaths(proto), part));
}

function* namesWithin(message: DescriptorProto, scope: string): Generator<string, void, undefined> {
  const name = joinName(scope, message.name);
  yield name;
  for (const element of [...message.enumType, ...message.extension]) {
    yield joinName(name, element.name);
  }
  for (const nested of message.nestedType) {
    yield* namesWithin(nested, name);
  }
}
