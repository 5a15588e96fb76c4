import type { DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";

const tables = new WeakMap<DescMessage, ReadonlyMap<string, DescField>>();

/** The fields of a message by each name that JSON may call them: the proto name and the JSON name. */
export function jsonFields(message: DescMessage): ReadonlyMap<string, DescField> {
  let table = tables.get(message);
  if (table === undefined) {
    // The JSON name is put in last: it wins where it is another field's proto name.
    table = new Map([
      ...message.fields.map((field) => [field.name, field] as const),
      ...message.fields.map((field) => [field.jsonName, field] as const),
    ]);
    tables.set(message, table);
  }
  return table;
}

/** The field or extension (`[full.name]`) that `key` stands for in a message, or undefined. */
export function findJsonField(
  message: DescMessage,
  key: string,
  registry: Registry,
): DescField | DescExtension | undefined {
  const field = jsonFields(message).get(key);
  if (field !== undefined || !key.startsWith("[") || !key.endsWith("]")) {
    return field;
  }
  const extension = registry.getExtension(key.slice(1, -1));
  return extension?.extendee.typeName === message.typeName ? extension : undefined;
}
