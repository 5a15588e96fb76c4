import type { DescExtension, DescMessage, Registry } from "@bufbuild/protobuf";

const known = new WeakMap<Registry, ReadonlyMap<string, readonly DescExtension[]>>();

/** The extensions that a registry has of a message type, by their names. */
export function extensionsOf(desc: DescMessage, registry: Registry): readonly DescExtension[] {
  if (desc.proto.extensionRange.length === 0) {
    return [];
  }
  const found = known.get(registry) ?? readExtensions(registry);
  known.set(registry, found);
  return found.get(desc.typeName) ?? [];
}

function readExtensions(registry: Registry): ReadonlyMap<string, readonly DescExtension[]> {
  const extensions = [...registry].filter((type) => type.kind === "extension");
  return Map.groupBy(
    extensions.sort((a, b) => a.typeName.localeCompare(b.typeName)),
    ({ extendee }) => extendee.typeName,
  );
}
