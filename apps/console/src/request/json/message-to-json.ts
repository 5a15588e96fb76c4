import {
  type DescField,
  type DescMessage,
  isMessage,
  type JsonObject,
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { isReflectList, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { AnySchema, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { emptyObject } from "./empty-object.ts";

/**
 * A message as ProtoJSON. Where the format has no form for a part of it, such as an `Any` of an unknown type or a
 * `Timestamp` out of range, that part is written field by field, and the bytes of an `Any` in base64. Never throws.
 */
export function messageToJson(desc: DescMessage, message: Message, options: Partial<JsonWriteOptions>): JsonValue {
  try {
    return toJson(desc, message, options);
  } catch {
    return fieldsToJson(reflect(desc, message), options);
  }
}

function fieldsToJson(message: ReflectMessage, options: Partial<JsonWriteOptions>): JsonObject {
  const object = emptyObject();
  if (isMessage(message.message, AnySchema)) {
    object["@type"] = message.message.typeUrl;
  }
  for (const field of message.fields) {
    const isOwnForm = field.parent.typeName === AnySchema.typeName && field.name === "type_url";
    if (message.isSet(field) && !isOwnForm) {
      object[field.jsonName] = fieldToJson(message, field, options);
    }
  }
  return object;
}

function fieldToJson(message: ReflectMessage, field: DescField, options: Partial<JsonWriteOptions>): JsonValue {
  const inner = ({ desc, message }: ReflectMessage) => messageToJson(desc, message, options);
  if (field.fieldKind === "message") {
    return inner(message.get(field));
  }
  if (field.fieldKind === "list" && field.listKind === "message") {
    // The field's kind tells that each item is a message.
    return [...message.get(field)].map((item) => inner(item as ReflectMessage));
  }
  if (field.fieldKind === "map" && field.mapKind === "message") {
    const entries = emptyObject();
    for (const [key, item] of message.get(field)) {
      entries[String(key)] = inner(item as ReflectMessage);
    }
    return entries;
  }
  return plainToJson(message, field);
}

/** Writes a field without messages in it. */
function plainToJson(message: ReflectMessage, field: DescField): JsonValue {
  if (hasCustomJsonRepresentation(message.desc)) {
    return rawToJson(message.get(field));
  }
  // By way of a message that has nothing else, so that the format's own rules hold.
  const alone = reflect(message.desc);
  alone.set(field, message.get(field));
  const json = toJson(message.desc, alone.message);
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json[field.jsonName] ?? null) : json;
}

/** Writes a field of a well-known type, which in ProtoJSON would have no fields. They are scalars and lists of them. */
function rawToJson(value: unknown): JsonValue {
  if (value instanceof Uint8Array) {
    return base64Encode(value);
  }
  if (isReflectList(value)) {
    return [...value].map(rawToJson);
  }
  const isPlain = typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
  return isPlain ? value : String(value);
}
