import type { JsonValue, Registry } from "@bufbuild/protobuf";
import type { JsonTree, TreeChild } from "../document/json-tree.ts";
import { createIssueList, type IssueList } from "./issue-list.ts";
import type { JsonIssue } from "./json-issue.ts";

/** A value to be checked, where it stands and what it belongs to. */
export interface CheckedValue {
  readonly tree: JsonTree;
  /** Where the value begins, counted as `issues` count. */
  readonly at: number;
  /** What issues call the place: a field's name, or a type's. */
  readonly field: string;
  readonly issues: IssueList;
  /** Types that an `Any` can hold, and extensions. */
  readonly registry: Registry;
}

/** The span of the value, counted as its issues count. */
export function spanOf({ at, tree }: CheckedValue): { readonly from: number; readonly to: number } {
  return { from: at, to: at + tree.length };
}

/** A child of the value, to be checked too. */
export function childOf(value: CheckedValue, { at, tree }: TreeChild, field = value.field): CheckedValue {
  return { ...value, tree, at: value.at + at, field };
}

/** Tells that the value is not of the type `expected`. A missing value is passed over: the parser told of it. */
export function tellWrongType(value: CheckedValue, expected: string): undefined {
  const { tree, field, issues } = value;
  if (tree.kind !== "missing") {
    issues.add("wrongType", spanOf(value), { field, expected, actual: kindOf(tree) });
  }
}

function kindOf(tree: JsonTree): string {
  return tree.kind === "word" ? (tree.value === null ? "null" : "boolean") : tree.kind;
}

/** Whether a value is `null`. */
export function isNull(tree: JsonTree): boolean {
  return tree.kind === "word" && tree.value === null;
}

const maxQuotedText = 40;

/** A value's text for an issue, cut where it is long. */
export function quote(text: string): string {
  return text.length > maxQuotedText ? `${text.slice(0, maxQuotedText)}…` : text;
}

/** What a check of an object or an array came to. */
export interface Remembered {
  readonly type: object;
  readonly field: string;
  readonly registry: Registry;
  readonly result: JsonValue | undefined;
  /** Placed from the start of the node. */
  readonly issues: readonly JsonIssue[];
}

const remembered = new WeakMap<JsonTree, Remembered>();

/** What the same node came to when it was last checked, as the same `type`, for the same field and by the same registry. */
export function recall(
  tree: JsonTree,
  type: object,
  { field, registry }: Pick<CheckedValue, "field" | "registry">,
): Remembered | undefined {
  const found = tree.kind === "object" || tree.kind === "array" ? remembered.get(tree) : undefined;
  return found?.type === type && found.field === field && found.registry === registry ? found : undefined;
}

/** Checks an object or an array, or answers what that came to before. Each node keeps its newest check as long as it lives. */
export function checkOnce(
  value: CheckedValue,
  type: object,
  check: (value: CheckedValue) => JsonValue | undefined,
): JsonValue | undefined {
  const { tree, at, field, registry } = value;
  let found = recall(tree, type, value);
  if (found === undefined) {
    const issues = createIssueList();
    const result = check({ ...value, at: 0, issues });
    found = { type, field, registry, result, issues: issues.sorted() };
    remembered.set(tree, found);
  }
  value.issues.addFrom(at, found.issues);
  return found.result;
}
