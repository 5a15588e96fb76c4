import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { compactText } from "../json-text.ts";
import { eachChild } from "../view-children.ts";
import { type ViewOptions, viewMessage } from "../view-message.ts";
import { isBranch, type ViewEntry, type ViewNode } from "../view-node.ts";

/** A field that holds a list of messages, which can be shown as a table. */
export type TableField = DescField & { readonly fieldKind: "list"; readonly message: DescMessage };

/** One column: a field of the listed messages, or of a message within them. */
export interface TableColumn {
  /** The JSON names that lead to the field, joined by full stops. */
  readonly path: string;
  /** The fields that lead to it, itself the last. */
  readonly fields: readonly DescField[];
  readonly isNumber: boolean;
}

/** A list of messages as a table. */
export interface TableModel {
  /** The full name of the rows' type. */
  readonly typeName: string;
  readonly length: number;
  /** The columns that there are, in the schema's order: first the fields of the rows, then those of messages within. */
  readonly columns: readonly TableColumn[];
  /** The message in a row, with its fields to ask for; undefined past the end. */
  messageAt(position: number): ReflectMessage | undefined;
  /** The view of a row. */
  nodeAt(position: number): ViewNode | undefined;
  /** The view of a cell; undefined where the row has no such value. */
  cellAt(position: number, column: TableColumn): ViewEntry | undefined;
}

/** Messages within messages give columns down to this depth. */
const mostDepth = 3;
/** There are no more columns than this. */
const mostColumns = 2_000;
/** Rows whose cells are kept at hand. */
const mostKept = 500;

/** The fields of a message type that hold lists of messages. */
export function tableFields(desc: DescMessage): readonly TableField[] {
  return desc.fields.filter((field): field is TableField => field.fieldKind === "list" && field.listKind === "message");
}

/** The table of one such field of `message`. */
export function tableModel(message: Message, field: TableField, options: ViewOptions): TableModel {
  const list = reflect(field.parent, message).get(field);
  const cells = new Map<number, ReadonlyMap<string, ViewEntry>>();

  const messageAt = (position: number): ReflectMessage | undefined =>
    // A list of messages reflects each as a ReflectMessage, which the library's types don't tell.
    position < list.size ? (list.get(position) as ReflectMessage) : undefined;
  const nodeAt = (position: number) => {
    const row = messageAt(position);
    return row && viewMessage(field.message, row.message, options);
  };
  const cellsAt = (position: number) => {
    const known = cells.get(position);
    if (known !== undefined) {
      return known;
    }
    if (cells.size >= mostKept) {
      cells.clear();
    }
    const made = entriesOf(nodeAt(position));
    cells.set(position, made);
    return made;
  };
  return {
    typeName: field.message.typeName,
    length: list.size,
    columns: columnsOf(field.message),
    messageAt,
    nodeAt,
    cellAt(position, { fields: [first, ...rest] }) {
      let entry = cellsAt(position).get(first?.jsonName ?? "");
      for (const { jsonName } of rest) {
        entry = entriesOf(entry?.node).get(jsonName);
      }
      return entry;
    },
  };
}

function entriesOf(node: ViewNode | undefined): ReadonlyMap<string, ViewEntry> {
  const entries = node !== undefined && isBranch(node) ? [...eachChild(node.children())] : [];
  return new Map(entries.map((entry) => [entry.name ?? "", entry]));
}

/** The columns of a type: level after level. */
function columnsOf(desc: DescMessage): readonly TableColumn[] {
  const columns: TableColumn[] = [];
  let level: { readonly desc: DescMessage; readonly fields: readonly DescField[] }[] = [{ desc, fields: [] }];
  for (let depth = 0; depth < mostDepth; depth++) {
    const next: typeof level = [];
    for (const { desc: parent, fields } of level) {
      for (const field of parent.fields) {
        if (columns.length === mostColumns) {
          return columns;
        }
        const along = [...fields, field];
        columns.push(toColumn(along, field));
        if (field.fieldKind === "message" && !field.message.typeName.startsWith("google.protobuf.")) {
          next.push({ desc: field.message, fields: along });
        }
      }
    }
    level = next;
  }
  return columns;
}

const otherScalars: ReadonlySet<ScalarType> = new Set([ScalarType.STRING, ScalarType.BYTES, ScalarType.BOOL]);

function toColumn(fields: readonly DescField[], last: DescField): TableColumn {
  return {
    path: fields.map(({ jsonName }) => jsonName).join("."),
    fields,
    isNumber: last.fieldKind === "scalar" && !otherScalars.has(last.scalar),
  };
}

const longestCell = 200;

/** A cell's text: strings without quotes, everything else as JSON on one line; cut off after `limit` characters. */
export function cellText(entry: ViewEntry | undefined, limit = longestCell): string {
  if (entry === undefined) {
    return "";
  }
  const { node } = entry;
  if (node.kind === "string") {
    return node.value.length > limit ? `${node.value.slice(0, limit)}…` : node.value;
  }
  return compactText(node, limit).replace(/^"(.*)"$/s, "$1");
}
