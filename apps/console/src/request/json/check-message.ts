import {
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescOneof,
  type JsonObject,
  type JsonValue,
  type Registry,
  ScalarType,
} from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import { fieldType, itemType, scalarName } from "../../schema/field-type.ts";
import { type CheckedValue, checkScalar, quote, tellWrongType } from "./check-scalar.ts";
import { wellKnownChecks } from "./check-well-known.ts";
import { emptyObject } from "./empty-object.ts";
import type { IssueList } from "./issue-list.ts";
import { findJsonField } from "./json-fields.ts";
import type { JsonMember, JsonNode } from "./json-node.ts";
import { nearestName } from "./nearest-name.ts";

/** What a check of typed JSON needs besides the JSON. */
export interface CheckContext {
  readonly issues: IssueList;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
}

type Field = DescField | DescExtension;
type ObjectNode = JsonNode & { kind: "object" };

/**
 * Checks a value against a message type by the ProtoJSON format (https://protobuf.dev/programming-guides/json/), and
 * answers it as a value that `fromJson` reads without loss. Undefined where no such value can be made; each fault is told.
 */
export function checkMessage(desc: DescMessage, node: JsonNode, context: CheckContext): JsonValue | undefined {
  const value = { node, field: desc.name, issues: context.issues };
  const check = wellKnownChecks.get(desc.typeName);
  if (check !== undefined) {
    return check(value);
  }
  if (node.kind !== "object") {
    return tellWrongType(value, desc.typeName);
  }
  return desc.typeName === "google.protobuf.Any" ? checkAny(node, context) : checkMembers(desc, node.members, context);
}

function checkMembers(desc: DescMessage, members: readonly JsonMember[], context: CheckContext): JsonObject {
  const { issues } = context;
  const object = emptyObject();
  const seen = new Set<Field>();
  const chosen = new Map<DescOneof, Field>();
  for (const { key, value: node } of members) {
    const field = findJsonField(desc, key.value, context.registry);
    if (field === undefined) {
      tellUnknownField(desc, key.value, { node: key, field: desc.name, issues });
      continue;
    }
    if (seen.has(field)) {
      issues.add("duplicateField", key, { field: field.name });
      continue;
    }
    seen.add(field);
    if (node.kind === "null" && !takesNull(field)) {
      continue;
    }
    const other = field.oneof && chosen.get(field.oneof);
    if (field.oneof !== undefined && other !== undefined) {
      issues.add("oneofConflict", key, { field: field.name, oneof: field.oneof.name, other: other.name });
      continue;
    }
    if (field.oneof !== undefined) {
      chosen.set(field.oneof, field);
    }
    const checked = checkField(field, node, context);
    if (checked !== undefined) {
      object[key.value] = checked;
    }
  }
  return object;
}

function tellUnknownField(desc: DescMessage, key: string, { node, issues }: CheckedValue): void {
  const suggestion = nearestName(
    key,
    desc.fields.map(({ jsonName }) => jsonName),
  );
  const values = { field: quote(key), expected: desc.typeName };
  issues.add("unknownField", node, suggestion === undefined ? values : { ...values, suggestion });
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

function checkField(field: Field, node: JsonNode, context: CheckContext): JsonValue | undefined {
  switch (field.fieldKind) {
    case "scalar":
    case "enum":
    case "message":
      return checkItem(field, node, context);
    case "list":
      return checkList(field, node, context);
    case "map":
      return checkMap(field, node, context);
  }
}

function checkItem(field: Field, node: JsonNode, context: CheckContext): JsonValue | undefined {
  const value = { node, field: field.name, issues: context.issues };
  if (node.kind === "null" && !itemTakesNull(field)) {
    return tellWrongType(value, itemType(field));
  }
  if (field.message !== undefined) {
    return checkMessage(field.message, node, context);
  }
  if (field.enum !== undefined) {
    return checkEnum(field.enum, value);
  }
  return field.scalar === undefined ? undefined : checkScalar(field.scalar, value);
}

function checkList(field: Field, node: JsonNode, context: CheckContext): JsonValue | undefined {
  if (node.kind !== "array") {
    return tellWrongType({ node, field: field.name, issues: context.issues }, fieldType(field));
  }
  const items: JsonValue[] = [];
  for (const item of node.items) {
    const checked = checkItem(field, item, context);
    if (checked !== undefined) {
      items.push(checked);
    }
  }
  return items;
}

function checkMap(field: Field & { fieldKind: "map" }, node: JsonNode, context: CheckContext): JsonValue | undefined {
  const { issues } = context;
  if (node.kind !== "object") {
    return tellWrongType({ node, field: field.name, issues }, fieldType(field));
  }
  const entries = emptyObject();
  const seen = new Set<string>();
  for (const { key, value: item } of node.members) {
    const name = checkMapKey(field.mapKey, { node: key, field: field.name, issues });
    if (name !== undefined && seen.has(name)) {
      issues.add("duplicateField", key, { field: quote(key.value) });
    }
    const checked = checkItem(field, item, context);
    if (name !== undefined && checked !== undefined) {
      seen.add(name);
      entries[name] = checked;
    }
  }
  return entries;
}

function checkMapKey(type: ScalarType, value: CheckedValue): string | undefined {
  if (type === ScalarType.BOOL && value.node.kind === "string") {
    const { value: key } = value.node;
    return key === "true" || key === "false" ? key : tellWrongType(value, scalarName(type));
  }
  const checked = checkScalar(type, value);
  return checked === undefined ? undefined : String(checked);
}

function checkEnum(desc: DescEnum, value: CheckedValue): JsonValue | undefined {
  const { node, field, issues } = value;
  switch (node.kind) {
    case "null":
      return null;
    case "string": {
      const known = desc.values.some(({ name, jsonName }) => name === node.value || jsonName === node.value);
      if (known) {
        return node.value;
      }
      const suggestion = nearestName(
        node.value,
        desc.values.map(({ name }) => name),
      );
      const values = { field, expected: desc.typeName, actual: quote(node.value) };
      issues.add("unknownEnumValue", node, suggestion === undefined ? values : { ...values, suggestion });
      return undefined;
    }
    case "number": {
      const number = checkScalar(ScalarType.INT32, value);
      if (number !== undefined && !desc.open && !desc.values.some((known) => known.number === number)) {
        issues.add("unknownEnumValue", node, { field, expected: desc.typeName, actual: quote(node.literal) });
        return undefined;
      }
      return number;
    }
    default:
      return tellWrongType(value, desc.typeName);
  }
}

function checkAny(node: ObjectNode, context: CheckContext): JsonValue | undefined {
  const { issues, registry } = context;
  if (node.members.length === 0) {
    return emptyObject();
  }
  const url = node.members.find(({ key }) => key.value === "@type");
  if (url?.value.kind !== "string") {
    issues.add("badFormat", url?.value ?? node, { field: "@type", expected: "type.googleapis.com/…", actual: "" });
    return undefined;
  }
  const desc = registry.getMessage(url.value.value.slice(url.value.value.lastIndexOf("/") + 1));
  if (desc === undefined) {
    const actual = quote(url.value.value);
    issues.add("badFormat", url.value, { field: "@type", expected: "type.googleapis.com/…", actual });
    return undefined;
  }
  const rest = node.members.filter((member) => member !== url);
  const object = hasCustomJsonRepresentation(desc)
    ? checkAnyValue(desc, { ...node, members: rest }, context)
    : checkMembers(desc, rest, context);
  if (object !== undefined) {
    object["@type"] = url.value.value;
  }
  return object;
}

/** A type with its own JSON form stands in the member `value` of an `Any`. */
function checkAnyValue(desc: DescMessage, node: ObjectNode, context: CheckContext): JsonObject | undefined {
  const { issues } = context;
  let object: JsonObject | undefined;
  for (const { key, value: member } of node.members) {
    if (key.value !== "value") {
      issues.add("unknownField", key, { field: quote(key.value), expected: desc.typeName, suggestion: "value" });
    } else if (object !== undefined) {
      issues.add("duplicateField", key, { field: "value" });
    } else {
      const checked = checkMessage(desc, member, context);
      object = emptyObject();
      if (checked !== undefined) {
        object.value = checked;
      }
    }
  }
  if (object === undefined) {
    issues.add("badFormat", node, { field: desc.typeName, expected: '"value"', actual: "" });
  }
  return object;
}
