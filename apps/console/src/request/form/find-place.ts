import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { JsonDocument, NodePath } from "../document/json-document.ts";
import type { JsonTree, TreeChild } from "../document/json-tree.ts";
import type { FormPlace, PlaceStep } from "./form-place.ts";
import { messageRows } from "./message-rows.ts";

/** What the texts of a form mean. */
export interface FormSubject {
  /** The type of each message. */
  readonly input: DescMessage;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
  /** Whether the text may hold any number of messages, one after the other or in one array. */
  readonly many: boolean;
}

/** A value in a text. */
export interface FoundValue {
  readonly tree: JsonTree;
  /** Where it begins, from the start of the text. */
  readonly from: number;
  readonly path: NodePath;
}

/** The messages of a text, and where they stand: in the document itself, or in the one array that it is. */
export interface TextMessages {
  /** Where the list of the messages stands: `[]` for the document. */
  readonly path: NodePath;
  readonly from: number;
  readonly values: readonly TreeChild[];
}

/** Finds the messages of a text. */
export function findMessages(document: JsonDocument, { input, many }: FormSubject): TextMessages {
  const [only] = document.values;
  const isArrayItself = input.typeName === "google.protobuf.ListValue" || input.typeName === "google.protobuf.Value";
  if (many && document.values.length === 1 && only?.tree.kind === "array" && !isArrayItself) {
    return { path: [0], from: only.at, values: only.tree.items };
  }
  return { path: [], from: 0, values: document.values };
}

/** Finds the value at a place; undefined where there is none. */
export function findPlace(document: JsonDocument, place: FormPlace, subject: FormSubject): FoundValue | undefined {
  const { step, parent } = place;
  if (parent === undefined) {
    const { path, from, values } = findMessages(document, subject);
    const position = step.kind === "message" ? step.position : 0;
    const value = values[position];
    return value && { tree: value.tree, from: from + value.at, path: [...path, position] };
  }
  const around = findPlace(document, parent, subject);
  if (around === undefined) {
    return undefined;
  }
  const position = positionOf(around.tree, step, subject.registry);
  const value = childAt(around.tree, position);
  return value && { tree: value.tree, from: around.from + value.at, path: [...around.path, position] };
}

/** The child of a container by its position among the members or the items. */
export function childAt(tree: JsonTree, position: number): TreeChild | undefined {
  switch (tree.kind) {
    case "object":
      return tree.members[position]?.value;
    case "array":
      return tree.items[position];
    case "string":
    case "number":
    case "word":
    case "missing":
      return undefined;
  }
}

function positionOf(tree: JsonTree, step: PlaceStep, registry: Registry): number {
  switch (step.kind) {
    case "message":
    case "item":
    case "entry":
      return step.position;
    case "field":
      return tree.kind === "object" ? (messageRows(step.desc, tree, registry).positions.get(step.field) ?? -1) : -1;
    case "any":
      return tree.kind === "object" ? tree.members.findIndex(({ key }) => key.tree.value === "value") : -1;
  }
}
