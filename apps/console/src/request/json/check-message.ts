import {
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescOneof,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { fieldType, itemType, scalarName } from "../../schema/field-type.ts";
import type { TreeMember } from "../document/json-tree.ts";
import { checkScalar } from "./check-scalar.ts";
import { wellKnownChecks } from "./check-well-known.ts";
import {
  type CheckedValue,
  checkOnce,
  childOf,
  isNull,
  quote,
  recall,
  spanOf,
  tellWrongType,
} from "./checked-value.ts";
import { emptyObject } from "./empty-object.ts";
import { findJsonField } from "./json-fields.ts";
import { nearestName } from "./nearest-name.ts";

type Field = DescField | DescExtension;

/**
 * Checks a value against a message type by the ProtoJSON format (https://protobuf.dev/programming-guides/json/), and
 * answers it as a value that `fromJson` reads without loss. Undefined where no such value can be made; each fault is told.
 */
export function checkMessage(desc: DescMessage, value: CheckedValue): JsonValue | undefined {
  const named = { ...value, field: desc.name };
  const check = wellKnownChecks.get(desc.typeName);
  if (check !== undefined) {
    return check(named);
  }
  if (value.tree.kind !== "object") {
    return tellWrongType(named, desc.typeName);
  }
  return checkOnce(named, desc, (inner) =>
    desc.typeName === "google.protobuf.Any" ? checkAny(inner) : checkMembers(desc, inner, membersOf(inner)),
  );
}

function membersOf({ tree }: CheckedValue): readonly TreeMember[] {
  return tree.kind === "object" ? tree.members : [];
}

function checkMembers(desc: DescMessage, value: CheckedValue, members: readonly TreeMember[]): JsonObject {
  const { issues, registry } = value;
  const object = emptyObject();
  const seen = new Set<Field>();
  const present = new Set<Field>();
  const chosen = new Map<DescOneof, Field>();
  for (const member of members) {
    const key = childOf(value, member.key);
    const name = member.key.tree.value;
    const field = findJsonField(desc, name, registry);
    if (field === undefined) {
      tellUnknownField(desc, name, key);
      continue;
    }
    if (seen.has(field)) {
      issues.add("duplicateField", spanOf(key), { field: field.name });
      continue;
    }
    seen.add(field);
    if (isNull(member.value.tree) && !takesNull(field)) {
      continue;
    }
    present.add(field);
    const other = field.oneof && chosen.get(field.oneof);
    if (field.oneof !== undefined && other !== undefined) {
      issues.add("oneofConflict", spanOf(key), { field: field.name, oneof: field.oneof.name, other: other.name });
      continue;
    }
    if (field.oneof !== undefined) {
      chosen.set(field.oneof, field);
    }
    const checked = checkField(field, childOf(value, member.value, field.name));
    if (checked !== undefined) {
      object[name] = checked;
    }
  }
  tellMissingFields(desc, value, present);
  return object;
}

/** The fields without which a message can't be written; the others have no need to be there. */
function tellMissingFields(desc: DescMessage, { issues, at }: CheckedValue, present: ReadonlySet<Field>): void {
  for (const field of desc.fields) {
    if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED && !present.has(field)) {
      issues.addMissing("requiredField", at, field.jsonName, { field: field.name });
    }
  }
}

function tellUnknownField(desc: DescMessage, name: string, key: CheckedValue): void {
  const suggestion = nearestName(
    name,
    desc.fields.map(({ jsonName }) => jsonName),
  );
  const values = { field: quote(name), expected: desc.typeName };
  key.issues.add("unknownField", spanOf(key), suggestion === undefined ? values : { ...values, suggestion });
}

/** Whether `null` is a value of the field's type, rather than "not set". */
function takesNull(field: Field): boolean {
  switch (field.fieldKind) {
    case "message":
    case "enum":
      return itemTakesNull(field);
    case "scalar":
    case "list":
    case "map":
      return false;
  }
}

function itemTakesNull(field: Field): boolean {
  const name = itemType(field);
  return name === "google.protobuf.Value" || name === "google.protobuf.NullValue";
}

function checkField(field: Field, value: CheckedValue): JsonValue | undefined {
  switch (field.fieldKind) {
    case "scalar":
    case "enum":
    case "message":
      return checkItem(field, value);
    case "list":
      return value.tree.kind === "array"
        ? checkOnce(value, field, (inner) => checkList(field, inner))
        : tellWrongType(value, fieldType(field));
    case "map":
      return value.tree.kind === "object"
        ? checkOnce(value, field, (inner) => checkMap(field, inner))
        : tellWrongType(value, fieldType(field));
  }
}

function checkItem(field: Field, value: CheckedValue): JsonValue | undefined {
  if (isNull(value.tree) && !itemTakesNull(field)) {
    return tellWrongType(value, itemType(field));
  }
  if (field.message !== undefined) {
    return checkMessage(field.message, value);
  }
  if (field.enum !== undefined) {
    return checkEnum(field.enum, value);
  }
  return field.scalar === undefined ? undefined : checkScalar(field.scalar, value);
}

function checkList(field: Field, value: CheckedValue): JsonValue | undefined {
  const items: JsonValue[] = [];
  const { message } = field;
  const asMessage = message && { field: message.name, registry: value.registry };
  for (const item of value.tree.kind === "array" ? value.tree.items : []) {
    // Of a long list hardly anything changes at once.
    const known = message && asMessage && recall(item.tree, message, asMessage);
    if (known?.result !== undefined) {
      value.issues.addFrom(value.at + item.at, known.issues);
      items.push(known.result);
      continue;
    }
    const checked = checkItem(field, childOf(value, item));
    if (checked !== undefined) {
      items.push(checked);
    }
  }
  return items;
}

function checkMap(field: Field & { fieldKind: "map" }, value: CheckedValue): JsonValue | undefined {
  const entries = emptyObject();
  const seen = new Set<string>();
  for (const member of membersOf(value)) {
    const key = childOf(value, member.key);
    const name = checkMapKey(field.mapKey, key);
    if (name !== undefined && seen.has(name)) {
      value.issues.add("duplicateField", spanOf(key), { field: quote(member.key.tree.value) });
    }
    const checked = checkItem(field, childOf(value, member.value));
    if (name !== undefined && checked !== undefined) {
      seen.add(name);
      entries[name] = checked;
    }
  }
  return entries;
}

function checkMapKey(type: ScalarType, key: CheckedValue): string | undefined {
  if (type === ScalarType.BOOL && key.tree.kind === "string") {
    const { value: name } = key.tree;
    return name === "true" || name === "false" ? name : tellWrongType(key, scalarName(type));
  }
  const checked = checkScalar(type, key);
  return checked === undefined ? undefined : String(checked);
}

function checkEnum(desc: DescEnum, value: CheckedValue): JsonValue | undefined {
  const { tree, field, issues } = value;
  switch (tree.kind) {
    case "word":
      return tree.value === null ? null : tellWrongType(value, desc.typeName);
    case "string": {
      const known = desc.values.some(({ name, jsonName }) => name === tree.value || jsonName === tree.value);
      if (known) {
        return tree.value;
      }
      const suggestion = nearestName(
        tree.value,
        desc.values.map(({ name }) => name),
      );
      const values = { field, expected: desc.typeName, actual: quote(tree.value) };
      issues.add("unknownEnumValue", spanOf(value), suggestion === undefined ? values : { ...values, suggestion });
      return undefined;
    }
    case "number": {
      const number = checkScalar(ScalarType.INT32, value);
      if (number !== undefined && !desc.open && !desc.values.some((known) => known.number === number)) {
        issues.add("unknownEnumValue", spanOf(value), { field, expected: desc.typeName, actual: quote(tree.literal) });
        return undefined;
      }
      return number;
    }
    default:
      return tellWrongType(value, desc.typeName);
  }
}

function checkAny(value: CheckedValue): JsonValue | undefined {
  const members = membersOf(value);
  if (members.length === 0) {
    return emptyObject();
  }
  const url = members.find(({ key }) => key.tree.value === "@type");
  const desc = url && checkTypeUrl(childOf(value, url.value, "@type"));
  if (url === undefined) {
    value.issues.add("badFormat", spanOf(value), { field: "@type", expected: urlForm, actual: "" });
  }
  if (url?.value.tree.kind !== "string" || desc === undefined) {
    return undefined;
  }
  const rest = members.filter((member) => member !== url);
  const inner = { ...value, field: desc.name };
  const object = hasCustomJsonRepresentation(desc) ? checkAnyValue(desc, inner, rest) : checkMembers(desc, inner, rest);
  if (object !== undefined) {
    object["@type"] = url.value.tree.value;
  }
  return object;
}

const urlForm = "type.googleapis.com/…";

function checkTypeUrl(url: CheckedValue): DescMessage | undefined {
  const text = url.tree.kind === "string" ? url.tree.value : "";
  const desc = url.registry.getMessage(text.slice(text.lastIndexOf("/") + 1));
  if (desc === undefined) {
    url.issues.add("badFormat", spanOf(url), { field: url.field, expected: urlForm, actual: quote(text) });
  }
  return desc;
}

/** A type with its own JSON form stands in the member `value` of an `Any`. */
function checkAnyValue(desc: DescMessage, value: CheckedValue, members: readonly TreeMember[]): JsonObject | undefined {
  const { issues } = value;
  let object: JsonObject | undefined;
  for (const member of members) {
    const name = member.key.tree.value;
    const place = spanOf(childOf(value, member.key));
    if (name !== "value") {
      issues.add("unknownField", place, { field: quote(name), expected: desc.typeName, suggestion: "value" });
    } else if (object !== undefined) {
      issues.add("duplicateField", place, { field: "value" });
    } else {
      const checked = checkMessage(desc, childOf(value, member.value));
      object = emptyObject();
      if (checked !== undefined) {
        object.value = checked;
      }
    }
  }
  if (object === undefined) {
    issues.add("badFormat", spanOf(value), { field: desc.typeName, expected: '"value"', actual: "" });
  }
  return object;
}
