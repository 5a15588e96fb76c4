import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { compactText } from "../json-text.ts";
import { eachChild } from "../view-children.ts";
import { type ViewOptions, viewMessage } from "../view-message.ts";
import { isBranch, type ViewEntry, type ViewNode } from "../view-node.ts";

/** A field that holds a list of messages, which can be shown as a table. */
export type TableField = DescField & { readonly fieldKind: "list"; readonly message: DescMessage };

/** One column: a field of the listed messages. */
export interface TableColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/** One row: a listed message. */
export interface TableRow {
  readonly node: ViewNode;
  /** Its entries by name. */
  readonly cells: ReadonlyMap<string, ViewEntry>;
}

/** A list of messages as a table. */
export interface TableModel {
  readonly columns: readonly TableColumn[];
  readonly length: number;
  /** The row at `position`, made when asked for. */
  row(position: number): TableRow | undefined;
}

/** The fields of a message type that hold lists of messages. */
export function tableFields(desc: DescMessage): readonly TableField[] {
  return desc.fields.filter((field): field is TableField => field.fieldKind === "list" && field.listKind === "message");
}

/** The table of one such field of `message`. */
export function tableModel(message: Message, field: TableField, options: ViewOptions): TableModel {
  // The field's messages, which reflect() wraps one by one.
  const items = [...reflect(field.parent, message).get(field)] as readonly { readonly message: Message }[];
  const rows = new Map<number, TableRow>();
  return {
    columns: field.message.fields.map(toColumn),
    length: items.length,
    row(position) {
      const item = items[position];
      if (item === undefined) {
        return undefined;
      }
      const known = rows.get(position);
      if (known !== undefined) {
        return known;
      }
      const node = viewMessage(field.message, item.message, options);
      const entries = isBranch(node) ? [...eachChild(node.children())] : [];
      const row = { node, cells: new Map(entries.map((entry) => [entry.name ?? "", entry])) };
      rows.set(position, row);
      return row;
    },
  };
}

const longestCell = 200;

/** A cell's text: strings without quotes, everything else as JSON on one line. */
export function cellText(entry: ViewEntry | undefined): string {
  if (entry === undefined) {
    return "";
  }
  const { node } = entry;
  if (node.kind === "string") {
    return node.value.length > longestCell ? `${node.value.slice(0, longestCell)}…` : node.value;
  }
  return compactText(node, longestCell).replace(/^"(.*)"$/s, "$1");
}

const otherScalars: ReadonlySet<ScalarType> = new Set([ScalarType.STRING, ScalarType.BYTES, ScalarType.BOOL]);

function toColumn(field: DescField): TableColumn {
  return { name: field.jsonName, isNumber: field.fieldKind === "scalar" && !otherScalars.has(field.scalar) };
}
