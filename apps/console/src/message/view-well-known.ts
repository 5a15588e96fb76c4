import { type DescField, type DescMessage, isMessage, type Message, type Registry, toJson } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";
import { type Any, AnySchema, anyUnpack, isWrapperDesc } from "@bufbuild/protobuf/wkt";
import { doubleText } from "./number-text.ts";
import { eachChild, listOf, once } from "./view-children.ts";
import { isBranch, type ViewEntry, type ViewNode } from "./view-node.ts";

/** What the views of well-known types are made with. */
export interface WellKnownViews {
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  viewMessage(desc: DescMessage, message: Message): ViewNode;
  /** The view of a field of the message itself. */
  viewField(field: DescField): ViewNode;
}

/**
 * The view of a message whose ProtoJSON form is not that of its fields
 * (https://protobuf.dev/programming-guides/json/): undefined for other messages, and for values that have no such form,
 * as a Timestamp out of range and an `Any` of an unknown type, which are shown by their fields.
 */
export function viewWellKnown({ desc, message }: ReflectMessage, views: WellKnownViews): ViewNode | undefined {
  if (isMessage(message, AnySchema)) {
    return viewAny(message, views);
  }
  const [value] = desc.fields;
  if (isWrapperDesc(desc) && value !== undefined) {
    return views.viewField(value);
  }
  const view = jsonViews.get(desc.typeName);
  if (view === undefined) {
    return undefined;
  }
  try {
    return view(toJson(desc, message));
  } catch {
    return undefined;
  }
}

const jsonViews: ReadonlyMap<string, (json: unknown) => ViewNode> = new Map([
  ["google.protobuf.Timestamp", (json: unknown): ViewNode => ({ kind: "timestamp", text: String(json) })],
  ["google.protobuf.Duration", (json: unknown): ViewNode => ({ kind: "duration", text: String(json) })],
  ["google.protobuf.FieldMask", viewJson],
  ["google.protobuf.Struct", viewJson],
  ["google.protobuf.Value", viewJson],
  ["google.protobuf.ListValue", viewJson],
]);

function viewAny(any: Any, views: WellKnownViews): ViewNode | undefined {
  const desc = views.registry.getMessage(any.typeUrl.slice(any.typeUrl.lastIndexOf("/") + 1));
  const inner = desc && unpack(any, views.registry);
  if (desc === undefined || inner === undefined) {
    return undefined;
  }
  const typeEntry: ViewEntry = {
    name: "@type",
    step: ".type_url",
    node: { kind: "string", value: any.typeUrl },
    isSet: true,
  };
  // Only when asked for: an Any in an Any may go on for as long as there are bytes, and must not take stack for it.
  const children = once(() => {
    const node = views.viewMessage(desc, inner);
    const isPlain = isBranch(node) && node.typeName === desc.typeName && desc.typeName !== AnySchema.typeName;
    return listOf([
      typeEntry,
      ...(isPlain ? eachChild(node.children()) : [{ name: "value", step: ".value", node, isSet: true }]),
    ]);
  });
  return { kind: "object", typeName: AnySchema.typeName, children };
}

function unpack(any: Any, registry: Registry): Message | undefined {
  try {
    return anyUnpack(any, registry);
  } catch {
    // Its bytes are not what its type says.
    return undefined;
  }
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
  const toEntry = (name: string | undefined, step: string, value: unknown): ViewEntry => ({
    name,
    step,
    node: viewJson(value),
    isSet: true,
  });
  if (Array.isArray(json)) {
    const at = (position: number) =>
      position < json.length ? toEntry(undefined, `[${position}]`, json[position]) : undefined;
    return { kind: "list", typeName: "", children: () => ({ length: json.length, at }) };
  }
  const entries = once(() => Object.entries(json));
  const at = (position: number) => {
    const entry = entries()[position];
    return entry && toEntry(entry[0], `[${JSON.stringify(entry[0])}]`, entry[1]);
  };
  return { kind: "object", typeName: "", children: () => ({ length: entries().length, at }) };
}
