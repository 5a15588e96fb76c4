import type { JsonToken } from "../json/json-token.ts";
import { faultsWithin } from "./collect-faults.ts";
import type { JsonStringTree, JsonTree, TreeChild, TreeFault, TreeMember } from "./json-tree.ts";
import { maxFaults, type SyntaxReason, shiftFault, syntaxFault, type TextSpan } from "./syntax-fault.ts";
import type { TokenCursor } from "./token-cursor.ts";

/** The deepest nesting of objects and arrays that is read: 100, as protobuf parsers have it. */
export const maxJsonDepth = 100;

/** A list that is being read: the members of an object, the items of an array, or the values of a document. */
export interface OpenList<Child> {
  /** Where its node begins in the text. */
  readonly start: number;
  /** How deep its values stand: 1 in a document. */
  readonly depth: number;
  readonly children: Child[];
  /** Its own faults so far, in the order of the text. */
  readonly faults: TreeFault[];
}

/** What an earlier reading of a list can spare this one. */
export interface ListReuse<Child> {
  /**
   * Where the rest of the list is as it was when it is read on at `offset`: adds that rest to `list` and answers where it
   * ends.
   */
  meet(offset: number, list: OpenList<Child>): number | undefined;
  /** The earlier object or array of the list that begins at `offset`, where nothing from there on has changed. */
  valueAt(offset: number): JsonTree | undefined;
  /** Where reading the list is given up: it is not what it was. */
  readonly limit: number;
}

/** Reads on after one child at most: answers the list's end, or undefined while it goes on. */
export type ListStep<Child> = (
  cursor: TokenCursor,
  list: OpenList<Child>,
  reuse: ListReuse<Child> | undefined,
) => number | undefined;

/** Reads the rest of a list. Answers where it ends; undefined where it was given up. */
export function readList<Child>(
  cursor: TokenCursor,
  list: OpenList<Child>,
  step: ListStep<Child>,
  reuse?: ListReuse<Child>,
): number | undefined {
  for (;;) {
    if (reuse !== undefined && cursor.token.from > reuse.limit) {
      return undefined;
    }
    const end = reuse?.meet(cursor.token.from, list) ?? step(cursor, list, reuse);
    if (end !== undefined) {
      return end;
    }
  }
}

/** Opens an empty list. */
export function openList<Child>(start: number, depth: number): OpenList<Child> {
  return { start, depth, children: [], faults: [] };
}

/** Keeps a fault of the list at `span`. */
export function tell<Child>(cursor: TokenCursor, list: OpenList<Child>, reason: SyntaxReason, span: TextSpan): void {
  if (list.faults.length < maxFaults) {
    list.faults.push(syntaxFault(reason, span, { text: cursor.text, start: list.start }));
  }
}

const noFaults: readonly TreeFault[] = [];
const nothing: JsonTree = { kind: "missing", length: 0, faults: noFaults, hasFaults: false };
const closings = { object: "}", array: "]" } as const;
const unclosed = { object: "unclosedObject", array: "unclosedArray" } as const;

/** Reads a value that begins with the next token. */
export function parseValue(cursor: TokenCursor, depth: number): JsonTree {
  const { token } = cursor;
  switch (token.kind) {
    case "{":
    case "[":
      if (depth > maxJsonDepth) {
        return skipContainer(cursor);
      }
      return token.kind === "{" ? parseObject(cursor, depth) : parseArray(cursor, depth);
    case "string":
      cursor.take();
      return stringTree(token, cursor.text);
    case "run":
      cursor.take();
      return runTree(token, cursor.text);
    case "}":
    case "]":
    case ":":
    case ",":
    case "end":
      return nothing;
  }
}

function parseObject(cursor: TokenCursor, depth: number): JsonTree {
  const list = openList<TreeMember>(cursor.take().from, depth + 1);
  const end = readList(cursor, list, stepObject) ?? list.start;
  return objectTree(list.children, list.faults, end - list.start);
}

function parseArray(cursor: TokenCursor, depth: number): JsonTree {
  const list = openList<TreeChild>(cursor.take().from, depth + 1);
  const end = readList(cursor, list, stepArray) ?? list.start;
  return arrayTree(list.children, list.faults, end - list.start);
}

/** Makes an object of its parts. */
export function objectTree(members: readonly TreeMember[], faults: readonly TreeFault[], length: number): JsonTree {
  const hasFaults = faults.length > 0 || members.some(({ key, value }) => value.tree.hasFaults || key.tree.hasFaults);
  return { kind: "object", length, members, faults: faults.length === 0 ? noFaults : faults, hasFaults };
}

/** Makes an array of its parts. */
export function arrayTree(items: readonly TreeChild[], faults: readonly TreeFault[], length: number): JsonTree {
  const hasFaults = faults.length > 0 || items.some(({ tree }) => tree.hasFaults);
  return { kind: "array", length, items, faults: faults.length === 0 ? noFaults : faults, hasFaults };
}

/** Makes the node of a string token. */
export function stringTree({ from, to, value, fault }: JsonToken & { kind: "string" }, text: string): JsonStringTree {
  const faults = fault === undefined ? noFaults : [syntaxFault(fault.reason, fault, { text, start: from })];
  return { kind: "string", length: to - from, value, faults, hasFaults: fault !== undefined };
}

const numberGrammar = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

function runTree({ from, to, text: run }: JsonToken & { kind: "run" }, text: string): JsonTree {
  const length = to - from;
  switch (run) {
    case "true":
    case "false":
      return { kind: "word", length, value: run === "true", faults: noFaults, hasFaults: false };
    case "null":
      return { kind: "word", length, value: null, faults: noFaults, hasFaults: false };
  }
  if (numberGrammar.test(run)) {
    return { kind: "number", length, literal: run, faults: noFaults, hasFaults: false };
  }
  const reason = /^[-+.0-9]/.test(run) ? "badNumber" : "badWord";
  const faults = [syntaxFault(reason, { from, to }, { text, start: from })];
  return { kind: "missing", length, faults, hasFaults: true };
}

/** Reads one member of an object, or the end of the object. */
export const stepObject: ListStep<TreeMember> = (cursor, list, reuse) => {
  const { token } = cursor;
  switch (token.kind) {
    case "}":
      return cursor.take().to;
    case "]":
    case "end":
      return tellUnclosed(cursor, list, "object");
    case ",":
      tell(cursor, list, "missingName", token);
      cursor.take();
      return undefined;
    case "{":
    case "[":
      tell(cursor, list, "missingName", token);
      tellWithin(list, token.from, parseValue(cursor, list.depth));
      takeComma(cursor, list, "object");
      return undefined;
    case "string":
    case "run":
    case ":":
      list.children.push(parseMember(cursor, list, reuse));
      takeComma(cursor, list, "object");
      return undefined;
  }
};

/** Reads one item of an array, or the end of the array. */
export const stepArray: ListStep<TreeChild> = (cursor, list) => {
  const { token } = cursor;
  switch (token.kind) {
    case "]":
      return cursor.take().to;
    case "}":
    case "end":
      return tellUnclosed(cursor, list, "array");
    case ",":
    case ":":
      tell(cursor, list, "missingValue", token);
      cursor.take();
      return undefined;
    default:
      list.children.push({ at: token.from - list.start, tree: parseValue(cursor, list.depth) });
      takeComma(cursor, list, "array");
      return undefined;
  }
};

/** Ends a list before the token that can't be its own. The fault stands at its bracket, before all others. */
function tellUnclosed<Child>(cursor: TokenCursor, list: OpenList<Child>, kind: "object" | "array"): number {
  const { text, token } = cursor;
  const bracket = { from: list.start, to: list.start + 1 };
  list.faults.unshift(syntaxFault(unclosed[kind], bracket, { text, start: list.start }));
  list.faults.length = Math.min(list.faults.length, maxFaults);
  return token.from;
}

/** Keeps the faults of a value that has no place in the list. */
function tellWithin<Child>(list: OpenList<Child>, from: number, tree: JsonTree): void {
  const room = maxFaults - list.faults.length;
  const faults = faultsWithin(tree).slice(0, room);
  list.faults.push(...faults.map((fault) => shiftFault(fault, from - list.start)));
}

function parseMember(
  cursor: TokenCursor,
  list: OpenList<TreeMember>,
  reuse: ListReuse<TreeMember> | undefined,
): TreeMember {
  const { start } = list;
  const keyFrom = cursor.token.from;
  const key = { at: keyFrom - start, tree: parseKey(cursor, list) };
  const keyTo = keyFrom + key.tree.length;
  if (cursor.token.kind === ":") {
    cursor.take();
    return { key, value: parseMemberValue(cursor, list, reuse) };
  }
  tell(cursor, list, "missingColon", { from: keyFrom, to: keyTo });
  const canFollow = cursor.token.kind === "{" || cursor.token.kind === "[" || cursor.token.kind === "run";
  return { key, value: canFollow ? parseMemberValue(cursor, list, reuse) : { at: keyTo - start, tree: nothing } };
}

function parseMemberValue(
  cursor: TokenCursor,
  list: OpenList<TreeMember>,
  reuse: ListReuse<TreeMember> | undefined,
): TreeChild {
  const { token } = cursor;
  const at = token.from - list.start;
  const known = reuse?.valueAt(token.from);
  if (known !== undefined) {
    cursor.jump(token.from + known.length);
    return { at, tree: known };
  }
  const tree = parseValue(cursor, list.depth);
  if (tree === nothing) {
    tell(cursor, list, "missingValue", token);
  }
  return { at, tree };
}

function parseKey(cursor: TokenCursor, list: OpenList<TreeMember>): JsonStringTree {
  const { token } = cursor;
  switch (token.kind) {
    case "string":
      cursor.take();
      return stringTree(token, cursor.text);
    case "run":
      tell(cursor, list, "unquotedName", token);
      cursor.take();
      return { kind: "string", length: token.to - token.from, value: token.text, faults: noFaults, hasFaults: false };
    default:
      tell(cursor, list, "missingName", token);
      return { kind: "string", length: 0, value: "", faults: noFaults, hasFaults: false };
  }
}

/** Takes the comma after a member or an item; where the list ends instead, there is nothing to take. */
export function takeComma<Child>(cursor: TokenCursor, list: OpenList<Child>, kind: "object" | "array"): void {
  const { token } = cursor;
  switch (token.kind) {
    case ",":
      cursor.take();
      if (cursor.token.kind === closings[kind]) {
        tell(cursor, list, "trailingComma", token);
      }
      return;
    case "}":
    case "]":
    case "end":
      return;
    default:
      tell(cursor, list, "missingComma", token);
  }
}

/** Steps over a container that is nested too deep, without recursion. */
function skipContainer(cursor: TokenCursor): JsonTree {
  const start = cursor.token.from;
  const faults: TreeFault[] = [{ from: 0, to: 1, kind: "tooDeep", values: { limit: String(maxJsonDepth) } }];
  let to = start;
  let open = 0;
  do {
    const { token } = cursor;
    if (token.kind === "end") {
      break;
    }
    if (token.kind === "{" || token.kind === "[") {
      open++;
    } else if (token.kind === "}" || token.kind === "]") {
      open--;
    } else if (token.kind === "string" && faults.length < maxFaults) {
      faults.push(...stringTree(token, cursor.text).faults.map((fault) => shiftFault(fault, token.from - start)));
    }
    to = cursor.take().to;
  } while (open > 0);
  return { kind: "missing", length: to - start, faults, hasFaults: true };
}
