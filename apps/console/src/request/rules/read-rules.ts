import {
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescOneof,
  getExtension,
  hasExtension,
  type JsonObject,
  type JsonValue,
  type Message,
  type Registry,
  toJson,
} from "@bufbuild/protobuf";

/** What can have rules. */
export type RuledDesc = DescField | DescExtension | DescMessage | DescOneof;

const optionNames = {
  field: "buf.validate.field",
  extension: "buf.validate.field",
  message: "buf.validate.message",
  oneof: "buf.validate.oneof",
} as const;

/**
 * The rules that a schema sets (protovalidate), in the ProtoJSON form of `buf.validate.FieldRules`, `MessageRules` or
 * `OneofRules`; rules that the schema has defined itself are under their full name in brackets. Undefined where there
 * are none, and where `registry` has no `buf.validate`.
 */
export function readRules(desc: RuledDesc, registry: Registry): JsonObject | undefined {
  const { options } = desc.proto;
  if (options === undefined) {
    return undefined;
  }
  const option = registry.getExtension(optionNames[desc.kind]);
  if (option?.message === undefined || option.extendee.typeName !== options.$typeName) {
    return undefined;
  }
  try {
    if (!hasExtension(options, option)) {
      return undefined;
    }
    const json = toJson(option.message, getExtension(options, option) as Message, { registry });
    return isObject(json) && Object.keys(json).length > 0 ? json : undefined;
  } catch {
    // What a broken schema says in the place of rules is none.
    return undefined;
  }
}

/** Whether a rule of `buf.validate` that a schema has defined itself says how it is checked: its CEL rules. */
export function readPredefined(name: string, registry: Registry): readonly JsonObject[] {
  const extension = registry.getExtension(name);
  const option = registry.getExtension("buf.validate.predefined");
  const options = extension?.proto.options;
  if (options === undefined || option?.message === undefined) {
    return [];
  }
  try {
    const json = hasExtension(options, option)
      ? toJson(option.message, getExtension(options, option) as Message, { registry })
      : {};
    return isObject(json) ? objectsOf(json.cel) : [];
  } catch {
    return [];
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where there is no list. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isObject(item)) : [];
}

/** The members of a list; none where there is no list. */
export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
