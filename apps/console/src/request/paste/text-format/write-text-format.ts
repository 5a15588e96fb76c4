import { type DescExtension, type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { quoteBytes, scalarText } from "./scalar-text.ts";
import { textName } from "./text-fields.ts";
import { wireTypeOf } from "./write-scalar.ts";

/** How text format is written. */
export interface WriteTextFormatOptions {
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
}

/**
 * Writes a message that came in the binary format in text format
 * (https://protobuf.dev/reference/protobuf/textformat-spec/), its fields in their order on the wire. An `Any` of a known
 * type is written as that; fields that the type lacks go by their numbers, which `textToBinary` can't bring back.
 *
 * @throws Error where `bytes` are no message
 */
export function writeTextFormat(desc: DescMessage, bytes: Uint8Array, { registry }: WriteTextFormatOptions): string {
  return writeFields(new BinaryReader(bytes), desc, { registry, indent: "" }).join("\n");
}

interface Writing {
  readonly registry: Registry;
  readonly indent: string;
}

type Field = DescField | DescExtension;

const step = "  ";

/** Nothing deeper is taken apart: unlike a call, text has no limit of its own. */
const maxIndent = step.repeat(100);

/** Writes the rest of the reader's bytes, or of the group `group`, as lines. */
function writeFields(
  reader: BinaryReader,
  desc: DescMessage | undefined,
  writing: Writing,
  group?: number,
): readonly string[] {
  const lines: string[] = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (wireType === WireType.EndGroup) {
      if (number !== group) {
        throw new Error(`field ${number} ends a group that was not begun`);
      }
      return lines;
    }
    const field = desc && findField(desc, number, writing.registry);
    lines.push(
      ...((field === undefined ? undefined : writeField(reader, field, wireType, writing)) ??
        writeUnknown(reader, number, wireType, writing)),
    );
  }
  if (group !== undefined) {
    throw new Error(`the group of field ${group} is not closed`);
  }
  return lines;
}

const tables = new WeakMap<DescMessage, ReadonlyMap<number, DescField>>();

function findField(desc: DescMessage, number: number, registry: Registry): Field | undefined {
  let table = tables.get(desc);
  if (table === undefined) {
    table = new Map(desc.fields.map((field) => [field.number, field]));
    tables.set(desc, table);
  }
  return table.get(number) ?? registry.getExtensionFor(desc, number);
}

/** Undefined, with nothing read, where the field is carried in a way that is not its type's. */
function writeField(
  reader: BinaryReader,
  field: Field,
  wireType: WireType,
  writing: Writing,
): readonly string[] | undefined {
  const { indent } = writing;
  const name = nameOf(field);
  if (field.fieldKind === "map") {
    return wireType === WireType.LengthDelimited ? writeEntry(reader, field, name, writing) : undefined;
  }
  if (field.message !== undefined) {
    return writeMessage(reader, field.message, { name, wireType, number: field.number }, writing);
  }
  const type = field.scalar ?? ScalarType.INT32;
  const isPacked = wireType === WireType.LengthDelimited && wireTypeOf(type) !== wireType && field.fieldKind === "list";
  if (!isPacked) {
    return wireType === wireTypeOf(type) ? [`${indent}${name}: ${valueText(reader, field, type)}`] : undefined;
  }
  const items = new BinaryReader(reader.bytes());
  const texts: string[] = [];
  while (items.pos < items.len) {
    texts.push(valueText(items, field, type));
  }
  return [`${indent}${name}: [${texts.join(", ")}]`];
}

function nameOf(field: Field): string {
  return field.kind === "extension" ? `[${field.typeName}]` : textName(field);
}

function valueText(reader: BinaryReader, field: Field, type: ScalarType): string {
  if (field.enum === undefined) {
    return scalarText(reader, type);
  }
  const number = reader.int32();
  return field.enum.values.find((value) => value.number === number)?.name ?? String(number);
}

interface Carried {
  readonly name: string;
  readonly number: number;
  readonly wireType: WireType;
}

function writeMessage(
  reader: BinaryReader,
  desc: DescMessage,
  { name, number, wireType }: Carried,
  writing: Writing,
): readonly string[] | undefined {
  const inner = { ...writing, indent: writing.indent + step };
  if (inner.indent.length > maxIndent.length) {
    return undefined;
  }
  if (wireType === WireType.StartGroup) {
    return enclose(name, writeFields(reader, desc, inner, number), writing);
  }
  if (wireType !== WireType.LengthDelimited) {
    return undefined;
  }
  const bytes = reader.bytes();
  const known = desc.typeName === "google.protobuf.Any" ? writeAny(bytes, inner) : undefined;
  return enclose(name, known ?? writeFields(new BinaryReader(bytes), desc, inner), writing);
}

function enclose(name: string, lines: readonly string[], { indent }: Writing): readonly string[] {
  return lines.length === 0 ? [`${indent}${name} {}`] : [`${indent}${name} {`, ...lines, `${indent}}`];
}

/** Writes what an `Any` holds; undefined where its type is not known, or its bytes are not of that type. */
function writeAny(bytes: Uint8Array, writing: Writing): readonly string[] | undefined {
  const reader = new BinaryReader(bytes);
  let url = "";
  let value: Uint8Array = new Uint8Array();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited || number > 2) {
      return undefined;
    }
    if (number === 1) {
      url = reader.string();
    } else {
      value = reader.bytes();
    }
  }
  const desc = /^[\w.%~+-]+(?:\/[\w.%~+-]+)+$/.test(url)
    ? writing.registry.getMessage(url.slice(url.lastIndexOf("/") + 1))
    : undefined;
  const inner = { ...writing, indent: writing.indent + step };
  if (desc === undefined || inner.indent.length > maxIndent.length) {
    return undefined;
  }
  try {
    return enclose(`[${url}]`, writeFields(new BinaryReader(value), desc, inner), writing);
  } catch {
    return undefined;
  }
}

function writeEntry(
  reader: BinaryReader,
  field: Field & { readonly fieldKind: "map" },
  name: string,
  writing: Writing,
): readonly string[] {
  const entry = new BinaryReader(reader.bytes());
  const inner = { ...writing, indent: writing.indent + step };
  const lines: string[] = [];
  while (entry.pos < entry.len) {
    const [number, wireType] = entry.tag();
    lines.push(
      ...(writeEntryPart(entry, field, { number, wireType }, inner) ?? writeUnknown(entry, number, wireType, inner)),
    );
  }
  return enclose(name, lines, writing);
}

function writeEntryPart(
  entry: BinaryReader,
  field: Field & { readonly fieldKind: "map" },
  { number, wireType }: Omit<Carried, "name">,
  writing: Writing,
): readonly string[] | undefined {
  const { indent } = writing;
  if (number === 1) {
    return wireType === wireTypeOf(field.mapKey) ? [`${indent}key: ${scalarText(entry, field.mapKey)}`] : undefined;
  }
  if (number !== 2) {
    return undefined;
  }
  if (field.message !== undefined) {
    return writeMessage(entry, field.message, { name: "value", number, wireType }, writing);
  }
  const type = field.scalar ?? ScalarType.INT32;
  return wireType === wireTypeOf(type) ? [`${indent}value: ${valueText(entry, field, type)}`] : undefined;
}

function writeUnknown(reader: BinaryReader, number: number, wireType: WireType, writing: Writing): readonly string[] {
  const { indent } = writing;
  switch (wireType) {
    case WireType.Varint:
      return [`${indent}${number}: ${reader.uint64()}`];
    case WireType.Bit64:
      return [`${indent}${number}: 0x${BigInt(reader.fixed64()).toString(16).padStart(16, "0")}`];
    case WireType.Bit32:
      return [`${indent}${number}: 0x${reader.fixed32().toString(16).padStart(8, "0")}`];
    case WireType.LengthDelimited:
      return [`${indent}${number}: ${quoteBytes(reader.bytes())}`];
    case WireType.StartGroup: {
      const inner = { ...writing, indent: indent + step };
      if (inner.indent.length > maxIndent.length) {
        throw new Error("groups stand more than 100 deep");
      }
      return enclose(String(number), writeFields(reader, undefined, inner, number), writing);
    }
    case WireType.EndGroup:
      throw new Error(`field ${number} ends a group that was not begun`);
  }
}
