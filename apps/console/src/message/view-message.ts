import type { DescField, DescMessage, Message, Registry, UnknownField } from "@bufbuild/protobuf";
import { getExtension, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { doubleText, floatText } from "./number-text.ts";
import { listOf, once } from "./view-children.ts";
import type { ViewBranch, ViewEntry, ViewNode } from "./view-node.ts";
import { viewWellKnown } from "./view-well-known.ts";

/** How messages are viewed. */
export interface ViewOptions {
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
  /** Whether fields that were not on the wire are shown with their default value. Default: yes. */
  readonly showsDefaults?: boolean;
}

/** The view of a message of type `desc`. Never throws: what can't be shown as JSON is shown as what it is. */
export function viewMessage(desc: DescMessage, message: Message, options: ViewOptions): ViewNode {
  return viewReflected(reflect(desc, message), options);
}

function viewReflected(reflected: ReflectMessage, options: ViewOptions): ViewNode {
  const { desc } = reflected;
  if (desc.typeName.startsWith("google.protobuf.")) {
    const node = viewWellKnown(reflected, {
      registry: options.registry,
      viewMessage: (inner, message) => viewMessage(inner, message, options),
      viewField: (field) => viewField(reflected, field, options),
    });
    if (node !== undefined) {
      return node;
    }
  }
  const children = once(() =>
    listOf([
      ...reflected.fields
        .filter((field) => isShown(reflected, field, options))
        .map((field) => ({
          name: field.jsonName,
          step: `.${field.name}`,
          node: viewField(reflected, field, options),
          isSet: reflected.isSet(field),
        })),
      ...viewUnknowns(reflected, options),
    ]),
  );
  return { kind: "object", typeName: desc.typeName, children };
}

/** A field that is not set is shown where its absence has a value: `0`, `""`, `[]`; not where it is just absent. */
function isShown(reflected: ReflectMessage, field: DescField, { showsDefaults = true }: ViewOptions): boolean {
  if (reflected.isSet(field)) {
    return true;
  }
  if (!showsDefaults) {
    return false;
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
      return viewList(list.size, (position) => viewSingle(field, list.get(position), options));
    }
    case "map": {
      const map = reflected.get(field);
      // Their type also allows what no map key is.
      const keys = once(() => [...map.keys()] as MapKey[]);
      const entry = (key: MapKey): ViewEntry => ({
        name: String(key),
        step: typeof key === "string" ? `[${JSON.stringify(key)}]` : `[${key}]`,
        node: viewSingle(field, map.get(key), options),
        isSet: true,
      });
      const children = () => {
        const all = keys();
        const at = (position: number) => {
          const key = all[position];
          return key === undefined ? undefined : entry(key);
        };
        return { length: all.length, at };
      };
      return { kind: "object", typeName: "", children };
    }
  }
}

function viewList(length: number, item: (position: number) => ViewNode): ViewBranch {
  const at = (position: number): ViewEntry | undefined =>
    position >= 0 && position < length
      ? { name: undefined, step: `[${position}]`, node: item(position), isSet: true }
      : undefined;
  return { kind: "list", typeName: "", children: () => ({ length, at }) };
}

type MapKey = string | number | bigint | boolean;

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

/** The fields that the type lacks: extensions that the registry knows, decoded, and the others as raw bytes. */
function viewUnknowns(reflected: ReflectMessage, options: ViewOptions): ViewEntry[] {
  const seen = new Set<number>();
  return (reflected.getUnknown() ?? []).flatMap((unknown) => {
    if (seen.has(unknown.no)) {
      return [];
    }
    const extension = viewExtension(reflected, unknown.no, options);
    if (extension === undefined) {
      return viewUnknown(unknown);
    }
    seen.add(unknown.no);
    return extension;
  });
}

function viewUnknown({ no, data }: UnknownField): ViewEntry {
  return { name: `#${no}`, step: `.${no}`, node: { kind: "bytes", value: data }, isSet: true, unknownNumber: no };
}

function viewExtension({ desc, message }: ReflectMessage, number: number, options: ViewOptions): ViewEntry | undefined {
  const extension = options.registry.getExtensionFor(desc, number);
  if (extension === undefined) {
    return undefined;
  }
  try {
    const value: unknown = getExtension(message, extension);
    const view = (item: unknown) =>
      extension.message === undefined
        ? viewSingle(extension, item, options)
        : viewMessage(extension.message, item as Message, options);
    const node = Array.isArray(value) ? viewList(value.length, (position) => view(value[position])) : view(value);
    return { name: `[${extension.typeName}]`, step: `.(${extension.typeName})`, node, isSet: true };
  } catch {
    // Not what the extension's type says: the raw bytes are shown.
    return undefined;
  }
}
