import type { DescEnum, DescEnumValue, DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { fieldType } from "../../schema/field-type.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { findJsonField } from "./json-fields.ts";
import { type JsonPlace, type JsonSlot, type PlaceSchema, placeAt } from "./json-place.ts";

/** One thing that could be written. */
export interface JsonCompletion {
  /** What is shown: a name without quotes. */
  readonly label: string;
  /** What replaces the text from `from` to `to`. */
  readonly insert: string;
  /** A field's type or an enum value's number, as a proto file writes it. */
  readonly detail: string;
  readonly kind: "field" | "enumValue" | "keyword" | "type";
  /** What the doc comment is looked up with. */
  readonly desc: DescField | DescEnumValue | DescMessage | undefined;
}

/** What could be written at one offset, the best first. */
export interface JsonCompletions {
  readonly from: number;
  readonly to: number;
  /** Already those that match what is typed there; never empty. */
  readonly options: readonly JsonCompletion[];
}

/**
 * What could be written at `offset`: names of fields that the object doesn't have yet, enum values, `true` and `false`,
 * the types of an `Any`. Works on text that is broken because it is being typed. Undefined where there is nothing to offer.
 */
export function completeJson(document: JsonDocument, offset: number, schema: PlaceSchema): JsonCompletions | undefined {
  const place = placeAt(document, offset, schema);
  if (place === undefined) {
    return undefined;
  }
  const all = place.kind === "key" ? completeKey(place, schema.registry) : completeValue(place.slot, schema.registry);
  const options = matching(all, place.typed);
  return options.length === 0 ? undefined : { from: place.from, to: place.to, options };
}

function matching(all: readonly JsonCompletion[], typed: string): JsonCompletion[] {
  const wanted = typed.toLowerCase();
  const rank = ({ label }: JsonCompletion) => {
    const at = label.toLowerCase().indexOf(wanted);
    return Math.min(at, 1);
  };
  return all.filter((option) => rank(option) >= 0).sort((a, b) => rank(a) - rank(b));
}

function completeKey(place: JsonPlace & { kind: "key" }, registry: Registry): JsonCompletion[] {
  const { scope, used, hasColon } = place;
  const colon = hasColon ? "" : ": ";
  switch (scope.kind) {
    case "message":
      return completeFields(scope.desc, place, registry);
    case "any":
      return [
        ...(used.has("@type") ? [] : [keyword("@type", `"@type"${colon}`)]),
        ...(scope.desc === undefined ? [] : completeAny(scope.desc, place, registry)),
      ];
    case "map":
      return scope.field.mapKey === ScalarType.BOOL
        ? ["true", "false"].filter((key) => !used.has(key)).map((key) => keyword(key, `"${key}"${colon}`))
        : [];
    case "list":
    case "messages":
    case "unknown":
      return [];
  }
}

function completeAny(desc: DescMessage, place: JsonPlace & { kind: "key" }, registry: Registry): JsonCompletion[] {
  if (!hasCustomJsonRepresentation(desc)) {
    return completeFields(desc, place, registry);
  }
  return place.used.has("value") ? [] : [keyword("value", place.hasColon ? '"value"' : '"value": ')];
}

function completeFields(
  desc: DescMessage,
  { used, hasColon }: JsonPlace & { kind: "key" },
  registry: Registry,
): JsonCompletion[] {
  const present = new Set<DescField | DescExtension>();
  for (const name of used) {
    const field = findJsonField(desc, name, registry);
    // Of a oneof only one can be there.
    for (const sibling of field?.oneof?.fields ?? (field ? [field] : [])) {
      present.add(sibling);
    }
  }
  return desc.fields
    .filter((field) => !present.has(field))
    .map((field) => ({
      label: field.jsonName,
      insert: hasColon ? JSON.stringify(field.jsonName) : `${JSON.stringify(field.jsonName)}: `,
      detail: fieldType(field),
      kind: "field",
      desc: field,
    }));
}

function completeValue(slot: JsonSlot, registry: Registry): JsonCompletion[] {
  switch (slot.kind) {
    case "message":
      return slot.desc.typeName === "google.protobuf.BoolValue" ? booleans : [];
    case "field":
      return slot.field.fieldKind === "list" || slot.field.fieldKind === "map" ? [] : completeItem(slot.field);
    case "item":
      return completeItem(slot.field);
    case "typeUrl":
      return completeTypeUrl(registry);
    case "unknown":
      return [];
  }
}

const booleans = ["true", "false"].map((word) => keyword(word, word));

function completeItem(field: DescField | DescExtension): JsonCompletion[] {
  if (field.enum !== undefined) {
    return completeEnum(field.enum);
  }
  const isBool = field.scalar === ScalarType.BOOL || field.message?.typeName === "google.protobuf.BoolValue";
  return isBool ? booleans : [];
}

function completeEnum(desc: DescEnum): JsonCompletion[] {
  if (desc.typeName === "google.protobuf.NullValue") {
    return [keyword("null", "null")];
  }
  return desc.values.map((value) => ({
    label: value.name,
    insert: JSON.stringify(value.name),
    detail: String(value.number),
    kind: "enumValue",
    desc: value,
  }));
}

function completeTypeUrl(registry: Registry): JsonCompletion[] {
  const options: JsonCompletion[] = [];
  for (const desc of registry) {
    if (desc.kind === "message") {
      const label = `type.googleapis.com/${desc.typeName}`;
      options.push({ label, insert: JSON.stringify(label), detail: desc.name, kind: "type", desc });
    }
  }
  return options.sort((a, b) => (a.label < b.label ? -1 : 1));
}

function keyword(label: string, insert: string): JsonCompletion {
  return { label, insert, detail: "", kind: "keyword", desc: undefined };
}
