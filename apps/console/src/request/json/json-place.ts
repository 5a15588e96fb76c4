import type { DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { JsonDocument } from "../document/json-document.ts";
import type { JsonTree } from "../document/json-tree.ts";
import { findJsonField } from "./json-fields.ts";
import { type JsonToken, readToken } from "./json-token.ts";

/** The schema behind the text. */
export interface PlaceSchema {
  /** The type of each message in the text. */
  readonly input: DescMessage;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
}

/** What an object or an array of the text is, by the schema. */
export type JsonScope =
  | { readonly kind: "message"; readonly desc: DescMessage }
  /** An `Any`, with the type that its `@type` names, where that was read already. */
  | { readonly kind: "any"; readonly desc: DescMessage | undefined }
  | { readonly kind: "map"; readonly field: DescField & { fieldKind: "map" } }
  | { readonly kind: "list"; readonly field: DescField & { fieldKind: "list" } }
  /** An array of messages at the top of the text. */
  | { readonly kind: "messages"; readonly desc: DescMessage }
  | { readonly kind: "unknown" };

/** What a value of the text is to be, by the schema. */
export type JsonSlot =
  | { readonly kind: "message"; readonly desc: DescMessage }
  | { readonly kind: "field"; readonly field: DescField | DescExtension }
  /** One item of a list, or one value of a map. */
  | { readonly kind: "item"; readonly field: DescField }
  | { readonly kind: "typeUrl" }
  | { readonly kind: "unknown" };

/** What stands, or could be written, at one offset of the text. */
export type JsonPlace = {
  /** The span of the token at the offset; empty where there is none. */
  readonly from: number;
  readonly to: number;
  /** What the token says, without quotes. */
  readonly typed: string;
  readonly scope: JsonScope;
} & (
  | {
      readonly kind: "key";
      /** The names that the same object has already, but for this one. */
      readonly used: ReadonlySet<string>;
      readonly hasColon: boolean;
    }
  | { readonly kind: "value"; readonly slot: JsonSlot }
);

/** A container that is open at the offset. */
interface Frame {
  readonly container: "object" | "array" | "root";
  scope: JsonScope;
  expects: "key" | "colon" | "value" | "comma";
  key: string;
  /** Names that were read in it. */
  readonly used: Set<string>;
  /** Its node, and where that begins; undefined for a container that is none, for want of a name. */
  readonly node: PlacedNode | undefined;
}

interface PlacedNode {
  readonly tree: JsonTree;
  readonly from: number;
}

/**
 * Finds what stands at `offset`, in text that may be broken as it is while it is typed. Undefined where neither a name nor
 * a value can be written. Reads no more of the text than the member or the item that the offset is in.
 */
export function placeAt(document: JsonDocument, offset: number, schema: PlaceSchema): JsonPlace | undefined {
  const { text } = document;
  const { stack, from: start } = openFrames(document, offset, schema);
  let token = readToken(text, start);
  while (token.kind !== "end" && token.from < offset && !reaches(token, offset)) {
    step(stack, token, schema);
    token = readToken(text, token.to);
  }
  const frame = stack.at(-1);
  if (frame === undefined || frame.container === "root") {
    return undefined;
  }
  const under = token.from < offset || (token.from === offset && isWord(token)) ? token : undefined;
  const place = { from: under?.from ?? offset, to: under?.to ?? offset, typed: textOf(under), scope: frame.scope };
  if (frame.container === "array" || frame.expects === "value") {
    return { ...place, kind: "value", slot: slotOf(frame, schema) };
  }
  if (frame.expects === "colon" || (frame.expects === "comma" && under === undefined)) {
    return undefined;
  }
  const next = readToken(text, place.to);
  return { ...place, kind: "key", used: usedNames(frame, place), hasColon: next.kind === ":" };
}

/** The containers that the offset is in, and where in the innermost one its member or item begins. */
function openFrames(
  { values }: JsonDocument,
  offset: number,
  schema: PlaceSchema,
): { readonly stack: Frame[]; readonly from: number } {
  let frame = createFrame("root", { kind: "unknown" }, undefined);
  const stack = [frame];
  let child = lastBefore(values, ({ at }) => at < offset);
  let from = child?.at ?? 0;
  let start = 0;
  while (child !== undefined && isWithin(child.tree, offset - start - child.at)) {
    const { tree } = child;
    start += child.at;
    const node = { tree, from: start };
    frame.expects = "comma";
    frame = openFrame(tree, slotOf(frame, schema), node, schema.registry);
    stack.push(frame);
    const within = offset - start;
    if (tree.kind === "array") {
      child = lastBefore(tree.items, ({ at }) => at < within);
      from = start + (child?.at ?? 1);
    } else {
      const member = tree.kind === "object" ? lastBefore(tree.members, ({ key }) => key.at < within) : undefined;
      child = member?.value;
      from = start + (member?.key.at ?? 1);
      frame.key = member?.key.tree.value ?? "";
    }
  }
  return { stack, from };
}

function openFrame(tree: JsonTree, slot: JsonSlot, node: PlacedNode, registry: Registry): Frame {
  if (tree.kind !== "object") {
    return createFrame("array", arrayScope(slot), node);
  }
  const scope = objectScope(slot);
  const url = scope.kind === "any" ? tree.members.find(({ key }) => key.tree.value === "@type")?.value.tree : undefined;
  const desc = url?.kind === "string" ? anyType(url.value, registry) : undefined;
  return createFrame("object", desc === undefined ? scope : { kind: "any", desc }, node);
}

/** Whether an offset, counted from a container's start, is between its brackets. */
function isWithin(tree: JsonTree, offset: number): boolean {
  if (tree.kind !== "object" && tree.kind !== "array") {
    return false;
  }
  const isOpen = tree.faults[0]?.from === 0;
  return offset > 0 && (offset < tree.length || (isOpen && offset === tree.length));
}

/** The last of a list in the text's order for which `isBefore` holds, by halving. */
function lastBefore<Item>(list: readonly Item[], isBefore: (item: Item) => boolean): Item | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && isBefore(item)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return list[low - 1];
}

function createFrame(container: Frame["container"], scope: JsonScope, node: PlacedNode | undefined): Frame {
  return { container, scope, expects: container === "object" ? "key" : "value", key: "", used: new Set(), node };
}

function isWord(token: JsonToken): token is JsonToken & { kind: "string" | "run" } {
  return token.kind === "string" || token.kind === "run";
}

/** Whether the token is still being written at `offset`: a closed string is not, behind its last quote. */
function reaches(token: JsonToken, offset: number): boolean {
  if (!isWord(token) || token.to < offset) {
    return false;
  }
  return token.to > offset || token.kind === "run" || token.fault?.reason === "unclosedString";
}

function textOf(token: JsonToken | undefined): string {
  switch (token?.kind) {
    case "string":
      return token.value;
    case "run":
      return token.text;
    default:
      return "";
  }
}

function step(stack: Frame[], token: JsonToken, schema: PlaceSchema): void {
  const frame = stack.at(-1);
  if (frame === undefined) {
    return;
  }
  switch (token.kind) {
    case "{":
      stack.push(createFrame("object", objectScope(slotOf(frame, schema)), undefined));
      frame.expects = "comma";
      break;
    case "[":
      stack.push(createFrame("array", arrayScope(slotOf(frame, schema)), undefined));
      frame.expects = "comma";
      break;
    case "}":
      close(stack, "object");
      break;
    case "]":
      close(stack, "array");
      break;
    case ":":
      frame.expects = "value";
      break;
    case ",":
      frame.expects = frame.container === "object" ? "key" : "value";
      break;
    case "string":
    case "run":
      stepWord(frame, textOf(token), schema.registry);
      break;
    case "end":
      break;
  }
}

function stepWord(frame: Frame, word: string, registry: Registry): void {
  if (frame.container !== "object") {
    return;
  }
  if (frame.expects !== "value") {
    frame.key = word;
    frame.used.add(word);
    frame.expects = "colon";
    return;
  }
  if (frame.scope.kind === "any" && frame.key === "@type") {
    frame.scope = { kind: "any", desc: anyType(word, registry) };
  }
  frame.expects = "comma";
}

/** Closes the innermost container of that kind, and what was left open within. */
function close(stack: Frame[], container: "object" | "array"): void {
  const at = stack.findLastIndex((frame) => frame.container === container);
  if (at > 0) {
    stack.length = at;
  }
}

function slotOf(frame: Frame, { input, registry }: PlaceSchema): JsonSlot {
  if (frame.container === "root") {
    return { kind: "message", desc: input };
  }
  const { scope } = frame;
  switch (scope.kind) {
    case "message":
      return fieldSlot(scope.desc, frame.key, registry);
    case "any":
      return anySlot(scope.desc, frame.key, registry);
    case "map":
    case "list":
      return { kind: "item", field: scope.field };
    case "messages":
      return { kind: "message", desc: scope.desc };
    case "unknown":
      return scope;
  }
}

function fieldSlot(desc: DescMessage, key: string, registry: Registry): JsonSlot {
  const field = findJsonField(desc, key, registry);
  return field === undefined ? { kind: "unknown" } : { kind: "field", field };
}

function anySlot(desc: DescMessage | undefined, key: string, registry: Registry): JsonSlot {
  if (key === "@type") {
    return { kind: "typeUrl" };
  }
  if (desc === undefined) {
    return { kind: "unknown" };
  }
  return hasCustomJsonRepresentation(desc) ? { kind: "message", desc } : fieldSlot(desc, key, registry);
}

function objectScope(slot: JsonSlot): JsonScope {
  if (slot.kind === "field" && slot.field.fieldKind === "map") {
    // Extensions are never maps.
    return { kind: "map", field: slot.field };
  }
  const desc = slotMessage(slot);
  if (desc === undefined) {
    return { kind: "unknown" };
  }
  if (desc.typeName === "google.protobuf.Any") {
    return { kind: "any", desc: undefined };
  }
  return hasCustomJsonRepresentation(desc) ? { kind: "unknown" } : { kind: "message", desc };
}

function slotMessage(slot: JsonSlot): DescMessage | undefined {
  switch (slot.kind) {
    case "message":
      return slot.desc;
    case "field":
      return slot.field.fieldKind === "message" ? slot.field.message : undefined;
    case "item":
      return slot.field.message;
    case "typeUrl":
    case "unknown":
      return undefined;
  }
}

function arrayScope(slot: JsonSlot): JsonScope {
  if (slot.kind === "field" && slot.field.kind === "field" && slot.field.fieldKind === "list") {
    return { kind: "list", field: slot.field };
  }
  return slot.kind === "message" ? { kind: "messages", desc: slot.desc } : { kind: "unknown" };
}

function anyType(url: string, registry: Registry): DescMessage | undefined {
  return registry.getMessage(url.slice(url.lastIndexOf("/") + 1));
}

/** The names in an object but for the one that is being written. */
function usedNames({ used, node }: Frame, { from, to }: { readonly from: number; readonly to: number }): Set<string> {
  const names = new Set(used);
  if (node?.tree.kind === "object") {
    for (const { key } of node.tree.members) {
      const keyFrom = node.from + key.at;
      if (keyFrom + key.tree.length <= from || keyFrom > to) {
        names.add(key.tree.value);
      }
    }
  }
  return names;
}
