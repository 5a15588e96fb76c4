import { type DescField, type DescMessage, type Message, type Registry, ScalarType, toJson } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { base64Text } from "../../message/base64.ts";
import { doubleText, floatText } from "../../message/number-text.ts";

/** A message as plain data that can be compared: every number exact, every field that is set, unknown ones too. */
export type MessageModel =
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, MessageModel> }
  | { readonly kind: "list"; readonly items: readonly MessageModel[] }
  /** `text` is the JSON of the value. */
  | { readonly kind: "leaf"; readonly text: string };

/** The model of a message. Never throws. */
export function messageModel(desc: DescMessage, message: Message, registry: Registry): MessageModel {
  return modelOf(reflect(desc, message), registry);
}

function modelOf(reflected: ReflectMessage, registry: Registry): MessageModel {
  const { desc, message } = reflected;
  if (desc.typeName.startsWith("google.protobuf.")) {
    const known = wellKnown(desc, message, registry);
    if (known !== undefined) {
      return known;
    }
  }
  const members = new Map<string, MessageModel>();
  for (const field of reflected.fields) {
    if (reflected.isSet(field)) {
      members.set(field.jsonName, fieldModel(reflected, field, registry));
    }
  }
  for (const { no, data } of reflected.getUnknown() ?? []) {
    const name = `#${no}`;
    const before = members.get(name);
    const leaf: MessageModel = { kind: "leaf", text: JSON.stringify(base64Text(data)) };
    members.set(
      name,
      before === undefined
        ? leaf
        : { kind: "list", items: [...(before.kind === "list" ? before.items : [before]), leaf] },
    );
  }
  return { kind: "object", members };
}

function wellKnown(desc: DescMessage, message: Message, registry: Registry): MessageModel | undefined {
  try {
    return jsonModel(toJson(desc, message, { registry }));
  } catch {
    // Out of range, or an Any of an unknown type: the plain fields are compared instead.
    return undefined;
  }
}

function jsonModel(json: unknown): MessageModel {
  if (Array.isArray(json)) {
    return { kind: "list", items: json.map(jsonModel) };
  }
  if (typeof json === "object" && json !== null) {
    return { kind: "object", members: new Map(Object.entries(json).map(([name, value]) => [name, jsonModel(value)])) };
  }
  return { kind: "leaf", text: typeof json === "number" ? doubleText(json) : JSON.stringify(json) };
}

function fieldModel(reflected: ReflectMessage, field: DescField, registry: Registry): MessageModel {
  switch (field.fieldKind) {
    case "message":
      return modelOf(reflected.get(field), registry);
    case "list":
      return { kind: "list", items: Array.from(reflected.get(field), (item) => single(field, item, registry)) };
    case "map": {
      const entries = Array.from(
        reflected.get(field),
        ([key, value]) => [String(key), single(field, value, registry)] as const,
      );
      return { kind: "object", members: new Map(entries) };
    }
    default:
      return single(field, reflected.get(field), registry);
  }
}

function single(
  field: Pick<DescField, "enum" | "message" | "scalar">,
  value: unknown,
  registry: Registry,
): MessageModel {
  if (field.message !== undefined) {
    // A list or map of messages reflects each as a ReflectMessage, which the library's types don't tell.
    return modelOf(value as ReflectMessage, registry);
  }
  if (field.enum !== undefined) {
    const number = Number(value);
    return { kind: "leaf", text: JSON.stringify(field.enum.value[number]?.name ?? number) };
  }
  return { kind: "leaf", text: scalarText(field.scalar, value) };
}

function scalarText(scalar: ScalarType | undefined, value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `"${value}"`;
    case "number":
      return scalar === ScalarType.FLOAT ? floatText(value) : doubleText(value);
    default:
      return JSON.stringify(value instanceof Uint8Array ? base64Text(value) : value);
  }
}

/** A model as JSON text with two spaces of indentation, line by line; no more than `mostLines`. */
export function modelLines(model: MessageModel, mostLines = 20_000): readonly string[] {
  const lines: string[] = [];
  const add = (node: MessageModel, indent: string, before: string, after: string) => {
    if (lines.length >= mostLines) {
      return;
    }
    const children: readonly (readonly [string, MessageModel])[] =
      node.kind === "object"
        ? [...node.members].map(([name, value]) => [`${JSON.stringify(name)}: `, value])
        : node.kind === "list"
          ? node.items.map((value) => ["", value])
          : [];
    const [open, close] = node.kind === "object" ? "{}" : "[]";
    if (node.kind === "leaf") {
      lines.push(`${indent}${before}${node.text}${after}`);
    } else if (children.length === 0) {
      lines.push(`${indent}${before}${open}${close}${after}`);
    } else {
      lines.push(`${indent}${before}${open}`);
      for (const [at, [name, value]] of children.entries()) {
        add(value, `${indent}  `, name, at < children.length - 1 ? "," : "");
      }
      lines.push(`${indent}${close}${after}`);
    }
  };
  add(model, "", "", "");
  return lines.length > mostLines ? [...lines.slice(0, mostLines), "…"] : lines;
}
