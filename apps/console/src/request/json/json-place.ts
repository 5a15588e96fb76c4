import type { DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
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

interface Frame {
  readonly container: "object" | "array" | "root";
  scope: JsonScope;
  expects: "key" | "colon" | "value" | "comma";
  key: string;
  readonly used: Set<string>;
}

/**
 * Finds what stands at `offset` by reading the text up to there, broken as it may be while it is typed. Undefined where
 * neither a name nor a value can be written. The time is linear in the text's length.
 */
export function placeAt(text: string, offset: number, schema: PlaceSchema): JsonPlace | undefined {
  const stack: Frame[] = [createFrame("root", { kind: "unknown" })];
  let token = readToken(text, 0);
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
  return { ...place, kind: "key", used: withKeysAfter(text, place.to, frame.used), hasColon: next.kind === ":" };
}

function createFrame(container: Frame["container"], scope: JsonScope): Frame {
  return { container, scope, expects: container === "object" ? "key" : "value", key: "", used: new Set() };
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
      stack.push(createFrame("object", objectScope(slotOf(frame, schema))));
      frame.expects = "comma";
      break;
    case "[":
      stack.push(createFrame("array", arrayScope(slotOf(frame, schema))));
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
    frame.scope = { kind: "any", desc: registry.getMessage(word.slice(word.lastIndexOf("/") + 1)) };
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

/** The names used before, and those that follow in the same object. */
function withKeysAfter(text: string, offset: number, before: ReadonlySet<string>): ReadonlySet<string> {
  const used = new Set(before);
  let depth = 0;
  let token = readToken(text, offset);
  while (token.kind !== "end" && depth >= 0) {
    const next = readToken(text, token.to);
    if (token.kind === "{" || token.kind === "[") {
      depth++;
    } else if (token.kind === "}" || token.kind === "]") {
      depth--;
    } else if (depth === 0 && token.kind === "string" && next.kind === ":") {
      used.add(token.value);
    }
    token = next;
  }
  return used;
}
