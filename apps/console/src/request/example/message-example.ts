import { type DescField, type DescMessage, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { emptyObject } from "../json/empty-object.ts";
import type { ExampleRules, FieldRules, ValueRules } from "./example-rules.ts";
import { fitRules } from "./fit-rules.ts";
import { scalarExample } from "./scalar-example.ts";
import { wellKnownExample, wrappedScalar } from "./well-known-example.ts";

/** Messages within messages are filled so deep; below, only what is required. */
const maxDepth = 4;

/** The most fields that are filled below the outermost message, besides those that are required. */
const maxInnerFields = 60;

/** The most required fields below the outermost message: a schema can ask for more of them than there is room for. */
const maxRequiredFields = 4_000;

/**
 * An example of a message as a ProtoJSON value, with every field once: of a oneof the first member, of a list an item, of
 * a map an entry. What is deprecated is left out, and so is a type within itself, unless it is required.
 */
export function messageExample(desc: DescMessage, rules: ExampleRules): JsonValue {
  return fillMessage(desc, { rules, path: [], room: { fields: maxInnerFields } });
}

interface Filling {
  readonly rules: ExampleRules;
  /** The messages around, from the outermost. */
  readonly path: readonly DescMessage[];
  /** How many more fields may be filled. */
  readonly room: { fields: number };
}

function fillMessage(desc: DescMessage, filling: Filling): JsonValue {
  const form = wellKnownExample(desc, undefined);
  if (form !== undefined) {
    return form;
  }
  const object = emptyObject();
  const inner = { ...filling, path: [...filling.path, desc] };
  for (const field of desc.fields) {
    const rules = filling.rules.of(field);
    if (isFilled(field, rules, inner)) {
      object[field.jsonName] = fillField(field, rules ?? {}, inner);
    }
  }
  return object;
}

function isFilled(field: DescField, asked: FieldRules = {}, { rules, path, room }: Filling): boolean {
  const { isRequired = false, isLeftOut = false } = asked;
  if (isLeftOut || (field.oneof !== undefined && field.oneof.fields[0] !== field)) {
    return false;
  }
  const isNeeded = field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED || isRequired;
  if (isNeeded || (field.oneof !== undefined && rules.isRequired(field.oneof))) {
    return path.length === 1 || room.fields-- > -maxRequiredFields;
  }
  const isRecursive = field.message !== undefined && path.includes(field.message);
  if (isRecursive || field.deprecated || path.length > maxDepth) {
    return false;
  }
  return path.length === 1 || room.fields-- > 0;
}

function fillField(field: DescField, rules: FieldRules, filling: Filling): JsonValue {
  switch (field.fieldKind) {
    case "list": {
      const count = itemCount(rules);
      return Array.from({ length: count }, (_, position) => fillItem(field, rules.items ?? {}, filling, position));
    }
    case "map": {
      const entries = emptyObject();
      for (let position = 0; position < itemCount(rules); position++) {
        const key = fillKey(field.mapKey, rules.keys ?? {}, position);
        entries[key] = fillItem(field, rules.items ?? {}, filling, position);
      }
      return entries;
    }
    case "scalar":
    case "enum":
    case "message":
      return fillItem(field, rules, filling, 0);
  }
}

/** The most items that rules can ask for. */
const maxItems = 100;

function itemCount({ minItems = 1, maxItems: most = maxItems }: FieldRules): number {
  return Math.min(Math.max(minItems, 1), most, maxItems);
}

function fillKey(type: ScalarType, rules: ValueRules, position: number): string {
  if (type === ScalarType.BOOL) {
    return String(position === 0);
  }
  return String(fitRules(scalarExample("key", type, position), type, rules, position));
}

function fillItem(field: DescField, rules: ValueRules, filling: Filling, position: number): JsonValue {
  if (field.message !== undefined) {
    const form = wellKnownExample(field.message, field, position);
    const type = wrappedScalar(field.message) ?? field.message;
    return form === undefined ? fillMessage(field.message, filling) : fitRules(form, type, rules, position);
  }
  if (field.enum !== undefined) {
    const { values, typeName } = field.enum;
    if (typeName === "google.protobuf.NullValue") {
      return null;
    }
    // The value 0 mostly says "unspecified".
    const named = values.filter(({ number, deprecated }) => number !== 0 && !deprecated);
    const [first] = values;
    const chosen = named[position % Math.max(named.length, 1)] ?? first;
    return fitRules(chosen?.name ?? 0, field.enum, rules, position);
  }
  const type = field.scalar ?? ScalarType.STRING;
  return fitRules(scalarExample(field.name, type, position), type, rules, position);
}
