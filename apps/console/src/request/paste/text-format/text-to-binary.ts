import {
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescOneof,
  type Registry,
  ScalarType,
} from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { fieldType, itemType } from "../../../schema/field-type.ts";
import { nearestName } from "../../json/nearest-name.ts";
import { parseText } from "./parse-text.ts";
import { readTextEnum, readTextScalar, type ScalarOfText, type TellTextFault, tellType } from "./read-text-scalar.ts";
import { maxTextFaults, type TextFault, type TextFaultKind } from "./text-fault.ts";
import { isDelimited, textFields } from "./text-fields.ts";
import type { TextField, TextName, TextPlace, TextValue } from "./text-node.ts";
import { wireTypeOf, writeScalar } from "./write-scalar.ts";

/** What a text in text format means for a message type. */
export interface BinaryOfText {
  /** The message in the binary format, as far as the text was understood: what a fault was told of is left out. */
  readonly bytes: Uint8Array;
  /** How many of the text's outermost fields the type has. */
  readonly understood: number;
  /** Whether the text is text format from its beginning to its end. */
  readonly isWhole: boolean;
  /** In the order of the text; at most 100. */
  readonly faults: readonly TextFault[];
}

/** How text format is read. */
export interface TextToBinaryOptions {
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
}

/**
 * Reads one message of the type `desc` in text format, as
 * https://protobuf.dev/reference/protobuf/textformat-spec/ describes it. Every fault is placed. Never throws.
 */
export function textToBinary(text: string, desc: DescMessage, { registry }: TextToBinaryOptions): BinaryOfText {
  const { fields, fault, unfinished } = parseText(text);
  const faults: TextFault[] = [];
  const writer = new BinaryWriter();
  const encoding = { registry, faults, writer };
  encodeFields(desc, fields, encoding);
  const names = [...fields.map(({ name }) => name), ...(unfinished === undefined ? [] : [unfinished])];
  const understood = names.filter((name) => findField(desc, name, registry) !== undefined).length;
  const all = fault === undefined ? faults : [...faults, fault];
  const isWhole = fault === undefined;
  return { bytes: writer.finish(), understood, isWhole, faults: all.toSorted((a, b) => a.from - b.from) };
}

interface Encoding {
  readonly registry: Registry;
  readonly faults: TextFault[];
  readonly writer: BinaryWriter;
}

type Field = DescField | DescExtension;

function tell(
  { faults }: Encoding,
  place: TextPlace,
  kind: TextFaultKind,
  values: TextFault["values"] = {},
): undefined {
  if (faults.length < maxTextFaults) {
    faults.push({ from: place.from, to: place.to, kind, values });
  }
}

function encodeFields(desc: DescMessage, fields: readonly TextField[], encoding: Encoding): void {
  const seen = new Set<Field>();
  const chosen = new Map<DescOneof, Field>();
  for (const { name, value } of fields) {
    if (name.kind === "type") {
      encodeAny(desc, name, { value, isAlone: fields.length === 1 }, encoding);
      continue;
    }
    const field = findField(desc, name, encoding.registry);
    if (field === undefined) {
      tellUnknown(desc, name, encoding);
      continue;
    }
    const isMany = field.fieldKind === "list" || field.fieldKind === "map";
    const other = field.oneof && chosen.get(field.oneof);
    if (seen.has(field) && !isMany) {
      tell(encoding, name, "duplicateField", { field: field.name });
    } else if (other !== undefined && field.oneof !== undefined) {
      tell(encoding, name, "oneofConflict", { field: field.name, oneof: field.oneof.name, other: other.name });
    } else {
      seen.add(field);
      if (field.oneof !== undefined) {
        chosen.set(field.oneof, field);
      }
      encodeField(field, value, encoding);
    }
  }
}

function findField(desc: DescMessage, name: TextName, registry: Registry): Field | undefined {
  if (name.kind === "extension") {
    const extension = registry.getExtension(name.name);
    return extension?.extendee.typeName === desc.typeName ? extension : undefined;
  }
  if (name.kind !== "field") {
    return undefined;
  }
  return textFields(desc).get(name.name);
}

function tellUnknown(desc: DescMessage, name: TextName, encoding: Encoding): undefined {
  switch (name.kind) {
    case "field": {
      const names = desc.fields.map((field) => field.name);
      const suggestion = nearestName(name.name, names);
      const values = { field: name.name, expected: desc.typeName };
      return tell(encoding, name, "unknownField", suggestion === undefined ? values : { ...values, suggestion });
    }
    case "number":
      return tell(encoding, name, "unknownNumber", { number: name.number });
    case "extension":
      return tell(encoding, name, "unknownExtension", { field: name.name, expected: desc.typeName });
    case "type":
      return tell(encoding, name, "unknownType", { actual: name.url });
  }
}

/** Writes `[type.googleapis.com/pkg.Type] { … }`, which stands alone in an `Any`. */
function encodeAny(
  desc: DescMessage,
  name: TextName & { readonly kind: "type" },
  { value, isAlone }: { readonly value: TextValue; readonly isAlone: boolean },
  encoding: Encoding,
): void {
  const inner = encoding.registry.getMessage(name.url.slice(name.url.lastIndexOf("/") + 1));
  if (desc.typeName !== "google.protobuf.Any" || inner === undefined || !isAlone) {
    tell(encoding, name, "unknownType", { actual: name.url });
  } else if (value.kind !== "message") {
    tellValue(value, inner.typeName, encoding);
  } else {
    encoding.writer.tag(1, WireType.LengthDelimited).string(name.url).tag(2, WireType.LengthDelimited).fork();
    encodeFields(inner, value.fields, encoding);
    encoding.writer.join();
  }
}

function tellValue(value: TextValue, expected: string, encoding: Encoding): undefined {
  return tellType(value, expected, (kind, values) => tell(encoding, value, kind, values));
}

function encodeField(field: Field, value: TextValue, encoding: Encoding): void {
  if (field.fieldKind !== "list" && field.fieldKind !== "map") {
    encodeItem(field, field.number, value, encoding);
    return;
  }
  const items = value.kind === "list" ? value.items : [value];
  if (field.fieldKind === "list" && field.packed && items.length > 0) {
    encodePacked(field, items, encoding);
    return;
  }
  for (const item of items) {
    field.fieldKind === "list" ? encodeItem(field, field.number, item, encoding) : encodeEntry(field, item, encoding);
  }
}

function encodePacked(field: Field, items: readonly TextValue[], encoding: Encoding): void {
  const { writer } = encoding;
  writer.tag(field.number, WireType.LengthDelimited).fork();
  for (const item of items) {
    const read = readPlain(field, item, encoding);
    if (read !== undefined) {
      writeScalar(writer, plainType(field), read);
    }
  }
  writer.join();
}

/** How a field without messages is carried: an enum as `int32`. */
function plainType(field: Field): ScalarType {
  return field.scalar ?? ScalarType.INT32;
}

function readPlain(field: Field, value: TextValue, encoding: Encoding): ScalarOfText | undefined {
  const tellHere: TellTextFault = (kind, values) => tell(encoding, value, kind, values);
  return field.enum === undefined
    ? readTextScalar(plainType(field), value, tellHere)
    : readTextEnum(field.enum, value, tellHere);
}

/** Writes one value under `number`: a field's, an item's, or the value of a map's entry. */
function encodeItem(field: Field, number: number, value: TextValue, encoding: Encoding): void {
  const { writer } = encoding;
  if (field.message === undefined) {
    const read = readPlain(field, value, encoding);
    if (read !== undefined) {
      writer.tag(number, wireTypeOf(plainType(field)));
      writeScalar(writer, plainType(field), read);
    }
    return;
  }
  if (value.kind !== "message") {
    tellValue(value, itemType(field), encoding);
    return;
  }
  const isGroup = isDelimited(field) && field.fieldKind !== "map";
  isGroup ? writer.tag(number, WireType.StartGroup) : writer.tag(number, WireType.LengthDelimited).fork();
  encodeFields(field.message, value.fields, encoding);
  isGroup ? writer.tag(number, WireType.EndGroup) : writer.join();
}

function encodeEntry(field: Field & { readonly fieldKind: "map" }, entry: TextValue, encoding: Encoding): void {
  if (entry.kind !== "message") {
    tellValue(entry, fieldType(field), encoding);
    return;
  }
  const { writer } = encoding;
  writer.tag(field.number, WireType.LengthDelimited).fork();
  const seen = new Set<string>();
  for (const { name, value } of entry.fields) {
    const word = name.kind === "field" ? name.name : "";
    if (word !== "key" && word !== "value") {
      tell(encoding, name, "unknownField", { field: word, expected: fieldType(field) });
    } else if (seen.has(word)) {
      tell(encoding, name, "duplicateField", { field: word });
    } else if (word === "value") {
      encodeItem(field, 2, value, encoding);
    } else {
      const key = readTextScalar(field.mapKey, value, (kind, values) => tell(encoding, value, kind, values));
      if (key !== undefined) {
        writer.tag(1, wireTypeOf(field.mapKey));
        writeScalar(writer, field.mapKey, key);
      }
    }
    seen.add(word);
  }
  writer.join();
}
