import type {
  DescriptorProto,
  EnumDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";

/**
 * Yields the full name of everything that a file declares: services, methods, messages, fields, oneofs, enums, enum values
 * and extensions. An enum's values are named in the scope around the enum, as in C++; see descriptor.proto.
 */
export function* declaredNames(file: FileDescriptorProto): Generator<string, void, undefined> {
  for (const service of file.service) {
    const name = join(file.package, service.name);
    yield name;
    for (const method of service.method) {
      yield join(name, method.name);
    }
  }
  for (const message of file.messageType) {
    yield* namesOfMessage(file.package, message);
  }
  for (const declared of file.enumType) {
    yield* namesOfEnum(file.package, declared);
  }
  for (const extension of file.extension) {
    yield join(file.package, extension.name);
  }
}

/** Yields every extension that a file declares, at its top or inside its messages. */
export function* declaredExtensions({
  extension,
  ...scope
}: {
  extension: FieldDescriptorProto[];
  messageType?: DescriptorProto[];
  nestedType?: DescriptorProto[];
}): Generator<FieldDescriptorProto, void, undefined> {
  yield* extension;
  for (const message of scope.messageType ?? scope.nestedType ?? []) {
    yield* declaredExtensions(message);
  }
}

function* namesOfMessage(scope: string, message: DescriptorProto): Generator<string, void, undefined> {
  const name = join(scope, message.name);
  yield name;
  for (const member of [...message.field, ...message.oneofDecl, ...message.extension]) {
    yield join(name, member.name);
  }
  for (const nested of message.nestedType) {
    yield* namesOfMessage(name, nested);
  }
  for (const declared of message.enumType) {
    yield* namesOfEnum(name, declared);
  }
}

function* namesOfEnum(scope: string, declared: EnumDescriptorProto): Generator<string, void, undefined> {
  for (const { name } of [declared, ...declared.value]) {
    yield join(scope, name);
  }
}

function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}
