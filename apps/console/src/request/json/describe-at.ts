import type { DescEnumValue, DescExtension, DescField } from "@bufbuild/protobuf";
import type { JsonDocument } from "../document/json-document.ts";
import { findJsonField } from "./json-fields.ts";
import { type JsonSlot, type PlaceSchema, placeAt } from "./json-place.ts";

/** What a name or a value in the text stands for. */
export interface JsonDescription {
  readonly from: number;
  readonly to: number;
  /** The field that is named, the field that a value belongs to, or the enum value that is named. */
  readonly desc: DescField | DescExtension | DescEnumValue;
}

/** Describes the name or the value at `offset`, as for a pointer that rests there; undefined where nothing is known. */
export function describeAt(document: JsonDocument, offset: number, schema: PlaceSchema): JsonDescription | undefined {
  // A pointer rests on the character behind the offset.
  const place = placeAt(document, offset + 1, schema);
  if (place === undefined || offset < place.from || offset >= place.to) {
    return undefined;
  }
  const { from, to, typed, scope } = place;
  if (place.kind === "key") {
    const message = scope.kind === "message" || scope.kind === "any" ? scope.desc : undefined;
    const desc = message && findJsonField(message, typed, schema.registry);
    return desc && { from, to, desc };
  }
  const desc = describeValue(place.slot, typed);
  return desc && { from, to, desc };
}

function describeValue(slot: JsonSlot, typed: string): DescField | DescExtension | DescEnumValue | undefined {
  if (slot.kind !== "field" && slot.kind !== "item") {
    return undefined;
  }
  const { field } = slot;
  return field.enum?.values.find(({ name, number }) => name === typed || String(number) === typed) ?? field;
}
