import type { DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { findJsonField } from "../json/json-fields.ts";
import { type FieldStep, parseFieldPath } from "./field-path.ts";
import type { JsonDocument } from "./json-document.ts";
import type { JsonTree, TreeChild, TreeMember } from "./json-tree.ts";

/** The type of the messages of a text. */
export interface FieldSubject {
  readonly input: DescMessage;
  readonly registry: Registry;
}

/** What is looked for. */
export interface FieldAim {
  /** A path as `parseFieldPath` reads it; empty for the message itself. */
  readonly field: string;
  /** Whether the key of the map's entry is meant. Default: its value. */
  readonly isKey?: boolean;
}

/** Where a field stands in a text. */
export interface FieldPlace {
  /** The value's place; of the message itself, and of an object that lacks the field, that of its opening bracket. */
  readonly from: number;
  readonly to: number;
  /** The JSON name of the field, or the name of the oneof, that the object at `from` lacks. */
  readonly missing?: string;
}

/**
 * Finds where a field stands in the message at `position`. What is not there is placed as near as the text goes: an
 * absent field at the object that lacks it, an absent item or entry at its list or map. Undefined where there is no such
 * message, and where the path begins with what the message doesn't have.
 */
export function locateField(
  document: JsonDocument,
  { input, registry }: FieldSubject,
  position: number,
  { field: path, isKey = false }: FieldAim,
): FieldPlace | undefined {
  const steps = parseFieldPath(path);
  const message = messagesOf(document, input)[position];
  if (steps === undefined || message === undefined) {
    return undefined;
  }
  return walk({ ...message, desc: input, field: undefined, key: undefined }, { steps, isKey }, registry);
}

interface Placed {
  readonly tree: JsonTree;
  readonly from: number;
}

/** The messages of a text: its values, or the items of the one array that it is. */
function messagesOf({ values }: JsonDocument, input: DescMessage): readonly Placed[] {
  const [only] = values;
  const isArrayItself = input.typeName === "google.protobuf.ListValue" || input.typeName === "google.protobuf.Value";
  if (values.length === 1 && only?.tree.kind === "array" && !isArrayItself) {
    return only.tree.items.map(({ tree, at }) => ({ tree, from: only.at + at }));
  }
  return values.map(({ tree, at }) => ({ tree, from: at }));
}

interface Walk extends Placed {
  /** The message type of the value; undefined for what is no message. */
  readonly desc: DescMessage | undefined;
  /** The field whose whole list or map the value is. */
  readonly field: DescField | DescExtension | undefined;
  /** The key of the map's entry that the value is of. */
  readonly key: FieldPlace | undefined;
}

/** Where a step leads: to a value, or to where the text has none. */
type Step =
  | { readonly next: Walk; readonly place?: undefined }
  | { readonly place: FieldPlace; readonly next?: undefined };

interface Way {
  readonly steps: readonly FieldStep[];
  readonly isKey: boolean;
}

function walk(start: Walk, { steps, isKey }: Way, registry: Registry): FieldPlace | undefined {
  let at = start;
  for (const [position, step] of steps.entries()) {
    const found = step.kind === "name" ? stepToField(at, step.name, registry) : stepToItem(at, step.key);
    if (found === undefined) {
      return position === 0 ? undefined : placeOf(at);
    }
    if (found.place !== undefined) {
      return found.place;
    }
    at = found.next;
  }
  return (isKey ? at.key : undefined) ?? placeOf(at);
}

/** A whole message is marked at its bracket: its fields say what is wrong with them themselves. */
function placeOf({ tree, from, desc, field }: Walk): FieldPlace {
  const isWholeMessage = tree.kind === "object" && desc !== undefined && field === undefined;
  return { from, to: isWholeMessage ? from + 1 : from + tree.length };
}

function stepToField({ tree, from, desc }: Walk, name: string, registry: Registry): Step | undefined {
  if (desc === undefined) {
    return undefined;
  }
  const field = findJsonField(desc, name, registry);
  if (field === undefined) {
    const oneof = desc.oneofs.find((candidate) => candidate.name === name);
    return oneof && stepToOneof({ tree, from }, name, oneof.fields);
  }
  const value = memberOf(tree, field)?.value;
  if (value === undefined) {
    return tree.kind === "object" ? { place: { from, to: from + 1, missing: jsonNameOf(field) } } : undefined;
  }
  const isMany = field.fieldKind === "list" || field.fieldKind === "map";
  return { next: { ...placed(value, from), desc: field.message, field: isMany ? field : undefined, key: undefined } };
}

function stepToOneof({ tree, from }: Placed, name: string, fields: readonly DescField[]): Step {
  for (const field of fields) {
    const member = memberOf(tree, field);
    if (member !== undefined) {
      return { next: { ...placed(member.value, from), desc: undefined, field: undefined, key: undefined } };
    }
  }
  return { place: { from, to: from + 1, missing: name } };
}

function stepToItem({ tree, from, desc, field }: Walk, key: string): Step | undefined {
  if (field === undefined) {
    return undefined;
  }
  const member = tree.kind === "object" ? tree.members.find((one) => one.key.tree.value === key) : undefined;
  const child = tree.kind === "array" ? tree.items[Number(key)] : member?.value;
  const keyAt = from + (member?.key.at ?? 0);
  const keyPlace = member && { from: keyAt, to: keyAt + member.key.tree.length };
  return child && { next: { ...placed(child, from), desc, field: undefined, key: keyPlace } };
}

/** The member of an object that sets a field, by either of its names; the last where there are several, as it counts. */
function memberOf(tree: JsonTree, field: DescField | DescExtension): TreeMember | undefined {
  const jsonName = jsonNameOf(field);
  return tree.kind === "object"
    ? tree.members.findLast(({ key }) => key.tree.value === jsonName || key.tree.value === field.name)
    : undefined;
}

function jsonNameOf(field: DescField | DescExtension): string {
  return field.kind === "extension" ? `[${field.typeName}]` : field.jsonName;
}

function placed({ tree, at }: TreeChild, start: number): Placed {
  return { tree, from: start + at };
}
