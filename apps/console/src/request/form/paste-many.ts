import { ScalarType } from "@bufbuild/protobuf";
import { parseDocument } from "../document/parse-document.ts";
import type { FieldValueType } from "./field-value-type.ts";

/** The most items that one paste adds. */
export const maxPastedItems = 10_000;

/** The items of a pasted text, each as JSON text. */
export interface PastedItems {
  readonly items: readonly string[];
  /** How many more there were than a paste adds. */
  readonly dropped: number;
}

/**
 * Reads a pasted text as several items of a list: those of a JSON array, or one a line, or, where the type's values hold
 * none, between commas or tabs. Undefined for a text that is one value, and for a list of messages that is no JSON array.
 */
export function readPastedItems(text: string, type: FieldValueType): PastedItems | undefined {
  const items = readArray(text) ?? (type.kind === "message" ? undefined : readLines(text, type));
  if (items === undefined || items.length < 2) {
    return undefined;
  }
  return { items: items.slice(0, maxPastedItems), dropped: Math.max(0, items.length - maxPastedItems) };
}

/** The items of a JSON array in their own characters: numbers keep every digit. */
function readArray(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith("[")) {
    return undefined;
  }
  const { values, faults } = parseDocument(text);
  const [only] = values;
  return faults.length > 0 || values.length !== 1 || only?.tree.kind !== "array"
    ? undefined
    : only.tree.items.map(({ at, tree }) => text.slice(only.at + at, only.at + at + tree.length));
}

function readLines(text: string, type: FieldValueType): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const cells = isText(type) ? lines : lines.flatMap((line) => line.split(/[,;\t]/));
  const trimmed = cells.map((cell) => (isText(type) ? cell : unquote(cell.trim())));
  // A text that was copied as whole lines ends with a line break.
  while (trimmed.at(-1) === "") {
    trimmed.pop();
  }
  return trimmed.filter((cell) => isText(type) || cell !== "").map((cell) => writeScalar(cell, type));
}

function isText(type: FieldValueType): boolean {
  return type.kind === "scalar" && type.scalar === ScalarType.STRING;
}

function unquote(cell: string): string {
  return /^"[^"]*"$/.test(cell) ? cell.slice(1, -1) : cell;
}

const numberGrammar = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

const longTypes: readonly ScalarType[] = [
  ScalarType.INT64,
  ScalarType.SINT64,
  ScalarType.SFIXED64,
  ScalarType.UINT64,
  ScalarType.FIXED64,
  ScalarType.STRING,
  ScalarType.BYTES,
];

function writeScalar(cell: string, type: FieldValueType): string {
  if (type.kind === "scalar" && longTypes.includes(type.scalar)) {
    return JSON.stringify(cell);
  }
  const isWord = type.kind === "scalar" && type.scalar === ScalarType.BOOL && /^(?:true|false)$/.test(cell);
  return isWord || numberGrammar.test(cell) ? cell : JSON.stringify(cell);
}
