import type { DescriptorProto, EnumDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { joinName } from "../files/type-names.ts";

/** A message, an enum, or the message that a compiler makes for the entries of a map field. */
export type TypeEntry<F> =
  | { readonly kind: "message" | "map-entry"; readonly file: F; readonly proto: DescriptorProto }
  | { readonly kind: "enum"; readonly file: F; readonly proto: EnumDescriptorProto };

/** Types by their full names. */
export type TypeTable<F> = ReadonlyMap<string, TypeEntry<F>>;

/**
 * Tables the types that files declare.
 *
 * @param protoOf the descriptor of a file
 */
export function createTypeTable<F>(files: Iterable<F>, protoOf: (file: F) => FileDescriptorProto): TypeTable<F> {
  const types = new Map<string, TypeEntry<F>>();
  for (const file of files) {
    const proto = protoOf(file);
    addTypes(types, { file, scope: proto.package, messages: proto.messageType, enums: proto.enumType });
  }
  return types;
}

interface Scope<F> {
  readonly file: F;
  readonly scope: string;
  readonly messages: readonly DescriptorProto[];
  readonly enums: readonly EnumDescriptorProto[];
}

function addTypes<F>(types: Map<string, TypeEntry<F>>, { file, scope, messages, enums }: Scope<F>): void {
  for (const proto of enums) {
    types.set(joinName(scope, proto.name), { kind: "enum", file, proto });
  }
  for (const proto of messages) {
    const name = joinName(scope, proto.name);
    types.set(name, { kind: proto.options?.mapEntry === true ? "map-entry" : "message", file, proto });
    addTypes(types, { file, scope: name, messages: proto.nestedType, enums: proto.enumType });
  }
}
