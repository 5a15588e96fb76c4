import type { DescExtension, DescField, DescMessage } from "@bufbuild/protobuf";

/** Whether a message is carried as a group. */
export function isDelimited(field: DescField | DescExtension): boolean {
  return "delimitedEncoding" in field && field.delimitedEncoding === true;
}

/** What text format calls a field: by its name, and a group by the name of its type. */
export function textName(field: DescField): string {
  const group = isDelimited(field) ? field.message?.name : undefined;
  return group?.toLowerCase() === field.name ? group : field.name;
}

const tables = new WeakMap<DescMessage, ReadonlyMap<string, DescField>>();

/** The fields of a message by each name that text format may call them. */
export function textFields(desc: DescMessage): ReadonlyMap<string, DescField> {
  let table = tables.get(desc);
  if (table === undefined) {
    // A field's own name is put in last: it wins where it is also the name of a group's type.
    table = new Map([
      ...desc.fields.map((field) => [textName(field), field] as const),
      ...desc.fields.map((field) => [field.name, field] as const),
    ]);
    tables.set(desc, table);
  }
  return table;
}
