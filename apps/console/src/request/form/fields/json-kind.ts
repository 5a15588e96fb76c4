import type { JsonTree } from "../../document/json-tree.ts";
import { quoteText } from "./escaped-text.ts";

/** The kinds of value that a `google.protobuf.Value` can be. */
export const jsonKinds = ["null", "bool", "number", "string", "object", "list"] as const;

/** One of the kinds of value that a `google.protobuf.Value` can be. */
export type JsonKind = (typeof jsonKinds)[number];

/** The kind of a value; undefined where one is missing. */
export function jsonKind(value: JsonTree): JsonKind | undefined {
  switch (value.kind) {
    case "object":
    case "number":
    case "string":
      return value.kind;
    case "array":
      return "list";
    case "word":
      return value.value === null ? "null" : "bool";
    case "missing":
      return undefined;
  }
}

/**
 * The JSON text of a value that is turned into another kind, with as much of it as the other kind can hold: a number and its
 * digits, a string and its text, an object's values and a list's items.
 */
export function convertJson(value: JsonTree | undefined, text: string, kind: JsonKind): string {
  if (value !== undefined && jsonKind(value) === kind) {
    return text;
  }
  switch (kind) {
    case "null":
      return "null";
    case "bool":
      return value?.kind === "string" && value.value === "true" ? "true" : "false";
    case "number":
      return value?.kind === "string" && isNumber(value.value) ? value.value : "0";
    case "string":
      return stringFrom(value);
    case "object":
      return "{}";
    case "list":
      return value === undefined || value.kind === "missing" || jsonKind(value) === "null" ? "[]" : `[${text}]`;
  }
}

function stringFrom(value: JsonTree | undefined): string {
  switch (value?.kind) {
    case "number":
      return quoteText(value.literal);
    case "word":
      return value.value === null ? '""' : quoteText(String(value.value));
    default:
      return '""';
  }
}

function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text);
}
