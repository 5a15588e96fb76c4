import type { DescMessage, DescOneof, Registry } from "@bufbuild/protobuf";
import type { JsonObjectTree, JsonStringTree, JsonTree } from "../document/json-tree.ts";
import { findJsonField } from "../json/json-fields.ts";
import { type FormField, fieldLabel } from "./form-place.ts";

/** The rows of a message: first what the schema names, in its order; then extensions; then what it doesn't know. */
export interface MessageRows {
  readonly rows: readonly MessageRow[];
  /** Where the member stands that gives a field its value. */
  readonly positions: ReadonlyMap<FormField, number>;
  /** How many fields have a value. */
  readonly setCount: number;
}

/** A row of a message. */
export type MessageRow = FieldRow | OneofRow | RawRow;

/** A field that is not in a oneof. */
export interface FieldRow {
  readonly kind: "field";
  readonly field: FormField;
  /** Undefined where the member is absent, and where it is a `null` that stands for nothing. */
  readonly value: JsonTree | undefined;
  /** The member's name in the text. */
  readonly key: JsonStringTree | undefined;
}

/** A oneof and the member that counts: the first one in the text. */
export interface OneofRow {
  readonly kind: "oneof";
  readonly oneof: DescOneof;
  readonly chosen: FieldRow | undefined;
}

/** A member of the text that is no field's value. */
export interface RawRow {
  readonly kind: "raw";
  /** Not in the schema; a field for the second time; a further member of a oneof. */
  readonly reason: "unknown" | "duplicate" | "oneof";
  /** Where it stands among the object's members. */
  readonly position: number;
  readonly key: JsonStringTree;
  readonly value: JsonTree;
}

const known = new WeakMap<JsonObjectTree, WeakMap<DescMessage, { registry: Registry; rows: MessageRows }>>();

/** The rows of a message type with the members of an object; the same for the same object. */
export function messageRows(desc: DescMessage, tree: JsonObjectTree | undefined, registry: Registry): MessageRows {
  if (tree === undefined) {
    return createRows(desc, undefined, registry);
  }
  const ofTree = known.get(tree) ?? new WeakMap();
  known.set(tree, ofTree);
  const found = ofTree.get(desc);
  if (found?.registry === registry) {
    return found.rows;
  }
  const rows = createRows(desc, tree, registry);
  ofTree.set(desc, { registry, rows });
  return rows;
}

function createRows(desc: DescMessage, tree: JsonObjectTree | undefined, registry: Registry): MessageRows {
  const fields = new Map<FormField, FieldRow>();
  const chosen = new Map<DescOneof, FieldRow>();
  const positions = new Map<FormField, number>();
  const extensions: FieldRow[] = [];
  const raw: RawRow[] = [];
  let setCount = 0;
  tree?.members.forEach(({ key: { tree: key }, value: { tree: value } }, position) => {
    const field = findJsonField(desc, key.value, registry);
    if (field === undefined) {
      raw.push({ kind: "raw", reason: "unknown", position, key, value });
      return;
    }
    if (positions.has(field)) {
      raw.push({ kind: "raw", reason: "duplicate", position, key, value });
      return;
    }
    const isNothing = value.kind === "missing" || (isNull(value) && !takesNull(field));
    if (!isNothing && field.oneof !== undefined && chosen.has(field.oneof)) {
      raw.push({ kind: "raw", reason: "oneof", position, key, value });
      return;
    }
    positions.set(field, position);
    const row: FieldRow = { kind: "field", field, value: isNothing ? undefined : value, key };
    setCount += isNothing ? 0 : 1;
    if (field.kind === "extension") {
      extensions.push(row);
    } else if (field.oneof === undefined) {
      fields.set(field, row);
    } else if (!isNothing) {
      chosen.set(field.oneof, row);
    }
  });
  const rows = desc.members.map((member): MessageRow => {
    if (member.kind === "oneof") {
      return { kind: "oneof", oneof: member, chosen: chosen.get(member) };
    }
    return fields.get(member) ?? { kind: "field", field: member, value: undefined, key: undefined };
  });
  return { rows: [...rows, ...extensions, ...raw], positions, setCount };
}

function isNull(tree: JsonTree): boolean {
  return tree.kind === "word" && tree.value === null;
}

/** Whether `null` is a value of the field's type, rather than "not set". */
function takesNull(field: FormField): boolean {
  if (field.fieldKind === "message") {
    return field.message.typeName === "google.protobuf.Value";
  }
  return field.fieldKind === "enum" && field.enum.typeName === "google.protobuf.NullValue";
}

/** Which rows of a long message are shown. */
export interface RowFilter {
  /** Words that names hold, in any order; empty for all. */
  readonly words: string;
  readonly onlySet: boolean;
}

/** The rows that a filter lets through. What the schema doesn't know is always shown: it is a fault. */
export function filterRows(rows: readonly MessageRow[], { words, onlySet }: RowFilter): readonly MessageRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0 && !onlySet) {
    return rows;
  }
  const matches = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  return rows.filter((row) => {
    if (row.kind === "raw") {
      return true;
    }
    const isSet = row.kind === "field" ? row.value !== undefined : row.chosen !== undefined;
    const names =
      row.kind === "field" ? namesOf(row.field) : [row.oneof.name, ...row.oneof.fields.map(namesOf)].join(" ");
    return (isSet || !onlySet) && matches(names);
  });
}

function namesOf(field: FormField): string {
  return `${fieldLabel(field)} ${field.jsonName} ${field.number}`;
}
