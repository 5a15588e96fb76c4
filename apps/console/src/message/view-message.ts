import type { DescMessage, UnknownField } from "@bufbuild/protobuf";
import { type DescField, isMessage, type Message, type Registry, ScalarType, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { doubleText, floatText } from "./number-text.ts";
import type { ViewEntry, ViewNode } from "./view-node.ts";

/** How messages are viewed. */
export interface ViewOptions {
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
}

/** The view of a message of type `desc`. Never throws: what can't be shown as JSON is shown as what it is. */
export function viewMessage(desc: DescMessage, message: Message, options: ViewOptions): ViewNode {
  return viewReflected(reflect(desc, message), options);
}

function viewReflected(reflected: ReflectMessage, options: ViewOptions): ViewNode {
  const { desc, message } = reflected;
  if (desc.typeName.startsWith("google.protobuf.")) {
    const node = viewWellKnown(desc, message, options);
    if (node !== undefined) {
      return node;
    }
  }
  return {
    kind: "object",
    typeName: desc.typeName,
    entries: once(() => [
      ...reflected.fields
        .filter((field) => isShown(reflected, field))
        .map((field) => ({
          name: field.jsonName,
          node: viewField(reflected, field, options),
          isSet: reflected.isSet(field),
        })),
      ...(reflected.getUnknown() ?? []).map(viewUnknown),
    ]),
  };
}

/** A field that is not set is shown where its absence has a value: `0`, `""`, `[]`; not where it is just absent. */
function isShown(reflected: ReflectMessage, field: DescField): boolean {
  if (reflected.isSet(field)) {
    return true;
  }
  const isSingular = field.fieldKind === "scalar" || field.fieldKind === "enum";
  return isSingular ? field.oneof === undefined && field.presence === implicitPresence : field.fieldKind !== "message";
}

/** `FeatureSet.FieldPresence.IMPLICIT` of descriptor.proto. */
const implicitPresence = 2;

function viewField(reflected: ReflectMessage, field: DescField, options: ViewOptions): ViewNode {
  switch (field.fieldKind) {
    case "message":
      return viewReflected(reflected.get(field), options);
    case "enum":
    case "scalar":
      return viewSingle(field, reflected.get(field), options);
    case "list": {
      const list = reflected.get(field);
      return { kind: "list", items: once(() => Array.from(list, (item) => viewSingle(field, item, options))) };
    }
    case "map": {
      const map = reflected.get(field);
      const entries = once(() =>
        Array.from(map, ([key, value]) => ({
          name: String(key),
          node: viewSingle(field, value, options),
          isSet: true,
        })),
      );
      return { kind: "object", typeName: "", entries };
    }
  }
}

type SingleField = Pick<DescField, "enum" | "message" | "scalar">;

function viewSingle(field: SingleField, value: unknown, options: ViewOptions): ViewNode {
  if (field.message !== undefined) {
    // A list or map of messages reflects each as a ReflectMessage, which the library's types don't tell.
    return viewReflected(value as ReflectMessage, options);
  }
  if (field.enum !== undefined) {
    const number = Number(value);
    return { kind: "enum", name: field.enum.value[number]?.name, number };
  }
  return viewScalar(field.scalar, value);
}

function viewScalar(scalar: ScalarType | undefined, value: unknown): ViewNode {
  switch (typeof value) {
    case "string":
      return { kind: "string", value };
    case "boolean":
      return { kind: "boolean", value };
    case "bigint":
      return { kind: "number", text: `"${value}"` };
    case "number":
      return { kind: "number", text: scalar === ScalarType.FLOAT ? floatText(value) : doubleText(value) };
    default:
      return value instanceof Uint8Array ? { kind: "bytes", value } : { kind: "null" };
  }
}

function viewWellKnown(desc: DescMessage, message: Message, { registry }: ViewOptions): ViewNode | undefined {
  let json: unknown;
  try {
    json = toJson(desc, message, { registry });
  } catch {
    // Out of range, or an Any of an unknown type: the plain fields are shown instead.
    return undefined;
  }
  if (isMessage(message, TimestampSchema)) {
    return { kind: "timestamp", text: String(json) };
  }
  return viewJson(json);
}

function viewJson(json: unknown): ViewNode {
  switch (typeof json) {
    case "string":
      return { kind: "string", value: json };
    case "boolean":
      return { kind: "boolean", value: json };
    case "number":
      return { kind: "number", text: doubleText(json) };
    case "object":
      break;
    default:
      return { kind: "null" };
  }
  if (json === null) {
    return { kind: "null" };
  }
  if (Array.isArray(json)) {
    return { kind: "list", items: once(() => json.map(viewJson)) };
  }
  const toEntry = ([name, value]: [string, unknown]) => ({ name, node: viewJson(value), isSet: true });
  return { kind: "object", typeName: "", entries: once(() => Object.entries(json).map(toEntry)) };
}

function viewUnknown({ no, data }: UnknownField): ViewEntry {
  return { name: `#${no}`, node: { kind: "bytes", value: data }, isSet: true, unknownNumber: no };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
