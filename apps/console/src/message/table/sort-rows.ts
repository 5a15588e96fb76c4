import type { DescField } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { isWrapperDesc } from "@bufbuild/protobuf/wkt";
import type { TableColumn, TableModel } from "./table-model.ts";

/** What rows are sorted by. */
export interface TableSort {
  readonly path: string;
  readonly direction: "ascending" | "descending";
}

/** What a cell is compared by; undefined for a cell without a value, which comes last in both directions. */
type SortKey = number | bigint | string | undefined;

/** Rows that are sorted at once, or merged, in one step. */
const rowsPerStep = 256;

/**
 * The order of a table's rows by one column, worked out step by step. Rows that compare alike keep their order. Numbers,
 * times and durations are compared by value, enum values by number, texts by the rules of `language`, lists and bytes
 * by length.
 */
export function* sortRows(
  table: TableModel,
  column: TableColumn,
  { direction, language }: Pick<TableSort, "direction"> & { readonly language: string },
): Generator<void, Uint32Array, undefined> {
  const keys: SortKey[] = [];
  for (let position = 0; position < table.length; position++) {
    keys.push(keyOf(table.messageAt(position), column.fields));
    if (position % rowsPerStep === 0) {
      yield;
    }
  }
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = direction === "ascending" ? 1 : -1;
  const compare = (a: number, b: number) => compareKeys(keys[a], keys[b], sign, collator);
  return yield* mergeSort(table.length, compare);
}

function compareKeys(a: SortKey, b: SortKey, sign: number, collator: Intl.Collator): number {
  if (a === undefined || b === undefined) {
    return a === b ? 0 : a === undefined ? 1 : -1;
  }
  if (typeof a === "string" && typeof b === "string") {
    return sign * collator.compare(a, b);
  }
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return sign * (Number(Number.isNaN(a)) - Number(Number.isNaN(b)));
  }
  return a === b ? 0 : a < b ? -sign : sign;
}

/** Sorts the numbers below `length`, keeping the order of those that compare alike. */
function* mergeSort(
  length: number,
  compare: (a: number, b: number) => number,
): Generator<void, Uint32Array, undefined> {
  let from = Uint32Array.from({ length }, (_, position) => position);
  let into = new Uint32Array(length);
  for (let start = 0; start < length; start += rowsPerStep) {
    from.subarray(start, start + rowsPerStep).sort(compare);
    yield;
  }
  for (let run = rowsPerStep; run < length; run *= 2) {
    for (let start = 0; start < length; start += 2 * run) {
      yield* merge(from, into, {
        start,
        middle: Math.min(start + run, length),
        end: Math.min(start + 2 * run, length),
      });
    }
    [from, into] = [into, from];
  }
  return from;

  function* merge(source: Uint32Array, target: Uint32Array, part: { start: number; middle: number; end: number }) {
    let left = part.start;
    let right = part.middle;
    for (let at = part.start; at < part.end; at++) {
      const [a = 0, b = 0] = [source[left], source[right]];
      const isLeft = left < part.middle && (right >= part.end || compare(a, b) <= 0);
      target[at] = isLeft ? a : b;
      isLeft ? left++ : right++;
      if (at % rowsPerStep === 0) {
        yield;
      }
    }
  }
}

function keyOf(row: ReflectMessage | undefined, fields: readonly DescField[]): SortKey {
  let message = row;
  const last = fields.at(-1);
  for (const field of fields.slice(0, -1)) {
    if (message === undefined || field.fieldKind !== "message" || !message.isSet(field)) {
      return undefined;
    }
    message = message.get(field);
  }
  return message && last && fieldKey(message, last);
}

function fieldKey(message: ReflectMessage, field: DescField): SortKey {
  const isPresent = message.isSet(field);
  switch (field.fieldKind) {
    case "list":
    case "map":
      return message.get(field).size;
    case "enum":
      return isPresent || field.oneof === undefined ? Number(message.get(field)) : undefined;
    case "scalar":
      return isPresent || field.oneof === undefined ? scalarKey(message.get(field)) : undefined;
    case "message":
      return isPresent ? messageKey(message.get(field)) : undefined;
  }
}

function scalarKey(value: unknown): SortKey {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
      return value;
    case "boolean":
      return Number(value);
    default:
      return value instanceof Uint8Array ? value.byteLength : undefined;
  }
}

const nanosPerSecond = 1_000_000_000n;

function messageKey(value: ReflectMessage): SortKey {
  const { desc } = value;
  const [first, second] = desc.fields;
  if (first?.fieldKind === "scalar" && isWrapperDesc(desc)) {
    return scalarKey(value.get(first));
  }
  const isTime = desc.typeName === "google.protobuf.Timestamp" || desc.typeName === "google.protobuf.Duration";
  if (isTime && first?.fieldKind === "scalar" && second?.fieldKind === "scalar") {
    return BigInt(String(value.get(first))) * nanosPerSecond + BigInt(String(value.get(second)));
  }
  // Other messages have no order: those that are there stay as they are, before those that are not.
  return 0;
}
