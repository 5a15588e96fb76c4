import type { DescEnum, DescEnumValue } from "@bufbuild/protobuf";
import type { JsonTree } from "../../document/json-tree.ts";
import { quoteText } from "./escaped-text.ts";

/** What an enum's field holds. */
export type EnumContent =
  | { readonly kind: "absent" }
  /** A value that the enum has, by its name or by its number. */
  | { readonly kind: "known"; readonly typed: string; readonly value: DescEnumValue }
  /** A number that the enum doesn't have: allowed where the enum is open. */
  | { readonly kind: "unknownNumber"; readonly typed: string }
  /** Text that is neither a name nor a number. */
  | { readonly kind: "half"; readonly typed: string };

const int32 = /^-?(?:0|[1-9][0-9]{0,9})$/;
const maxInt32 = 2 ** 31 - 1;
const minInt32 = -(2 ** 31);

/** What a value is to an enum; undefined where it is neither a string nor a number. */
export function readEnum(desc: DescEnum, value: JsonTree | undefined): EnumContent | undefined {
  switch (value?.kind) {
    case undefined:
      return { kind: "absent" };
    case "number": {
      const known = int32.test(value.literal) ? firstOf(desc).get(Number(value.literal)) : undefined;
      const typed = value.literal;
      if (known !== undefined) {
        return { kind: "known", typed, value: known };
      }
      return isInt32(typed) ? { kind: "unknownNumber", typed } : { kind: "half", typed };
    }
    case "string": {
      const known = findName(desc, value.value);
      return known === undefined
        ? { kind: "half", typed: value.value }
        : { kind: "known", typed: value.value, value: known };
    }
    default:
      return undefined;
  }
}

/** The JSON of what was typed: a number for an int32, and a string for a name or for what is neither yet. */
export function writeEnum(typed: string): string {
  const text = typed.trim();
  return isInt32(text) ? text : quoteText(text);
}

const firstByNumber = new WeakMap<DescEnum, ReadonlyMap<number, DescEnumValue>>();

/** The first value that an enum gives the number of `value` to; undefined where that is `value` itself. */
export function aliasOf(value: DescEnumValue): DescEnumValue | undefined {
  const first = firstOf(value.parent).get(value.number);
  return first === value ? undefined : first;
}

function firstOf(desc: DescEnum): ReadonlyMap<number, DescEnumValue> {
  let first = firstByNumber.get(desc);
  if (first === undefined) {
    // Of equal keys the last one put in stays.
    first = new Map(desc.values.toReversed().map((value) => [value.number, value]));
    firstByNumber.set(desc, first);
  }
  return first;
}

/**
 * The values of an enum that `query` finds, the best first: a number exactly, a name or a word of it by its beginning, then
 * anywhere in a name or a comment. All of them in their own order where it is blank.
 */
export function searchEnum(
  desc: DescEnum,
  query: string,
  commentOf: (value: DescEnumValue) => string | undefined,
): readonly DescEnumValue[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") {
    return desc.values;
  }
  return desc.values
    .map((value) => ({ value, rank: rankOf(value, wanted, commentOf) }))
    .filter(({ rank }) => rank < notFound)
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

const notFound = 5;

function rankOf(value: DescEnumValue, wanted: string, commentOf: (value: DescEnumValue) => string | undefined): number {
  const name = value.name.toLowerCase();
  if (name === wanted || String(value.number) === wanted) {
    return 0;
  }
  if (name.startsWith(wanted)) {
    return 1;
  }
  if (`_${name}`.includes(`_${wanted}`)) {
    return 2;
  }
  if (name.includes(wanted)) {
    return 3;
  }
  return commentOf(value)?.toLowerCase().includes(wanted) === true ? 4 : notFound;
}

function isInt32(text: string): boolean {
  return int32.test(text) && Number(text) <= maxInt32 && Number(text) >= minInt32;
}

function findName(desc: DescEnum, text: string): DescEnumValue | undefined {
  return desc.values.find(({ name, jsonName }) => name === text || jsonName === text);
}
