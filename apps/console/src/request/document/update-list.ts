import { readToken } from "../json/json-token.ts";
import type { JsonTree, TreeChild, TreeFault, TreeMember } from "./json-tree.ts";
import {
  type ListReuse,
  type ListStep,
  type OpenList,
  openList,
  readList,
  stringTree,
  takeComma,
} from "./parse-tree.ts";
import { maxFaults, shiftFault } from "./syntax-fault.ts";
import type { TextChange } from "./text-change.ts";
import { createTokenCursor } from "./token-cursor.ts";

/** A change of a text, and what is needed to follow it. */
export interface Update {
  readonly before: string;
  readonly text: string;
  readonly change: TextChange;
  /** By how much longer the text became. */
  readonly delta: number;
  /** Follows the change into a container that holds it; undefined where that doesn't end any more where it did. */
  readonly updateTree: (update: Update, tree: JsonTree, start: number, depth: number) => JsonTree | undefined;
}

/** A list of the earlier text. `start` and `end` count in that text, brackets included; the rest as in `OpenList`. */
export interface OldList<Child> {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly children: readonly Child[];
  readonly faults: readonly TreeFault[];
}

/** What tells the members of an object, the items of an array and the values of a document apart. */
export interface ListKind<Child> {
  /** Where a child begins, from the start of its list. */
  readonly fromOf: (child: Child) => number;
  readonly valueOf: (child: Child) => TreeChild;
  readonly shift: (child: Child, by: number) => Child;
  /** Follows the change into a child; undefined where the child has to be read anew. */
  readonly change: (update: Update, list: OldList<Child>, child: Child) => Child | undefined;
  readonly step: ListStep<Child>;
  /** What commas part; undefined where none do. */
  readonly comma: "object" | "array" | undefined;
}

/** Items of an array, and values of a document. */
export const itemKind: Omit<ListKind<TreeChild>, "step" | "comma"> = {
  fromOf: ({ at }) => at,
  valueOf: (child) => child,
  shift: shiftChild,
  change: changeValue,
};

/** Members of an object. */
export const memberKind: Omit<ListKind<TreeMember>, "step" | "comma"> = {
  fromOf: ({ key }) => key.at,
  valueOf: ({ value }) => value,
  shift: ({ key, value }, by) => ({ key: shiftChild(key, by), value: shiftChild(value, by) }),
  change(update, list, { key, value }) {
    const changed = changeValue(update, list, value);
    if (changed !== undefined) {
      return { key, value: changed };
    }
    const name = changeKey(update, list, key);
    return name && { key: name, value: shiftChild(value, update.delta) };
  },
};

function shiftChild<Tree extends JsonTree>({ at, tree }: TreeChild<Tree>, by: number): TreeChild<Tree> {
  return { at: at + by, tree };
}

function changeValue<Child>(update: Update, { start, depth }: OldList<Child>, child: TreeChild): TreeChild | undefined {
  const { at, tree } = child;
  const from = start + at;
  const isWithin = update.change.from > from && update.change.oldTo <= from + tree.length - (isClosed(tree) ? 1 : 0);
  const changed = isWithin ? update.updateTree(update, tree, from, depth) : undefined;
  return changed && { at, tree: changed };
}

/** A name whose change lies between its quotes. Faults of the list that quote it make the member be read anew. */
function changeKey<Child>(
  { change, text, delta }: Update,
  { start, faults }: OldList<Child>,
  { at, tree }: TreeMember["key"],
): TreeMember["key"] | undefined {
  const from = start + at;
  if (change.from <= from || change.oldTo >= from + tree.length || faults.some((fault) => fault.from === at)) {
    return undefined;
  }
  const token = readToken(text, from);
  return token.kind === "string" && token.to === from + tree.length + delta
    ? { at, tree: stringTree(token, text) }
    : undefined;
}

/** Whether a container has its closing bracket; what stands at a container's very start says that it has not. */
function isClosed(tree: JsonTree): boolean {
  return (tree.kind === "object" || tree.kind === "array") && tree.faults[0]?.from !== 0;
}

/** The list after the change; undefined where it doesn't end any more where it did. */
export function updateList<Child>(
  update: Update,
  old: OldList<Child>,
  kind: ListKind<Child>,
): Pick<OldList<Child>, "children" | "faults"> | undefined {
  const { change, delta } = update;
  const touched = lastBefore(old.children, (child) => old.start + kind.fromOf(child) < change.from);
  const child = old.children[touched];
  const changed = child && kind.change(update, old, child);
  if (child !== undefined && changed !== undefined) {
    const children = old.children.map((other, at) => (at <= touched ? other : kind.shift(other, delta)));
    children[touched] = changed;
    const faults = old.faults.map((fault) => (fault.from <= kind.fromOf(child) ? fault : shiftFault(fault, delta)));
    return { children, faults };
  }
  const list = openList<Child>(old.start, old.depth);
  const cursor = createTokenCursor(update.text, resume(update, old, kind, list));
  if (list.children.length > 0 && kind.comma !== undefined) {
    takeComma(cursor, list, kind.comma);
  }
  const end = readList(cursor, list, kind.step, reuseOf(update, old, kind));
  return end === old.end + delta ? list : undefined;
}

/** The position of the last child for which `isBefore` holds, by halving; -1 for none. */
function lastBefore<Child>(children: readonly Child[], isBefore: (child: Child) => boolean): number {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const child = children[middle];
    if (child !== undefined && isBefore(child)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** Takes over the children that the change can't have touched. Answers where reading goes on. */
function resume<Child>({ change }: Update, old: OldList<Child>, kind: ListKind<Child>, list: OpenList<Child>): number {
  const { start, children, faults } = old;
  let last = lastBefore(children, (child) => start + kind.fromOf(child) < change.from);
  let end = start + (kind.comma === undefined ? 0 : 1);
  for (; last >= 0; last--) {
    const child = children[last];
    const value = child && kind.valueOf(child);
    if (value !== undefined && isSettled(value, start, change.from)) {
      end = start + value.at + value.tree.length;
      break;
    }
  }
  for (const child of children.slice(0, last + 1)) {
    list.children.push(child);
  }
  list.faults.push(...faults.filter(({ from }) => from > (kind.comma === undefined ? -1 : 0) && start + from < end));
  return end;
}

/** Whether a value, and what stands right behind it where that counts, lies before `from`. */
function isSettled({ at, tree }: TreeChild, start: number, from: number): boolean {
  const end = start + at + tree.length;
  if (tree.length === 0 || tree.faults[0]?.kind === "tooDeep" || end > from) {
    return false;
  }
  return end < from || isClosed(tree) || (tree.kind === "string" && !tree.hasFaults);
}

/** What of an old list can serve again behind the change. */
function reuseOf<Child>(update: Update, old: OldList<Child>, kind: ListKind<Child>): ListReuse<Child> | undefined {
  const { start, end, children, faults } = old;
  const { change, delta } = update;
  // Of more faults the list has forgotten some, which may be told now.
  if (faults.length >= maxFaults) {
    return undefined;
  }
  let next = lastBefore(children, (child) => start + kind.fromOf(child) < change.oldTo) + 1;
  const startOf = (at: number) => {
    const child = children[at];
    return child === undefined ? Number.POSITIVE_INFINITY : start + kind.fromOf(child) + delta;
  };
  return {
    limit: end + delta,
    meet(offset, list: OpenList<Child>) {
      while (startOf(next) < offset) {
        next++;
      }
      if (startOf(next) !== offset) {
        return undefined;
      }
      for (const child of children.slice(next)) {
        list.children.push(kind.shift(child, delta));
      }
      addRest(list, faults, { from: offset - delta - start, delta });
      return end + delta;
    },
    valueAt(offset) {
      const from = offset - delta;
      // The value may belong to a member whose name has changed.
      const child = children[lastBefore(children, (each) => start + kind.valueOf(each).at <= from)];
      const value = child && kind.valueOf(child);
      const isKnown = value !== undefined && start + value.at === from && from >= change.oldTo;
      return isKnown && (value.tree.kind === "object" || value.tree.kind === "array") ? value.tree : undefined;
    },
  };
}

/** Adds an old list's faults from `from` on. */
function addRest<Child>(
  list: OpenList<Child>,
  faults: readonly TreeFault[],
  { from, delta }: { readonly from: number; readonly delta: number },
): void {
  const [unclosed] = faults.filter((fault) => fault.from === 0 && fault.values.reason?.startsWith("unclosed"));
  if (unclosed !== undefined) {
    list.faults.unshift(unclosed);
  }
  const rest = faults.filter((fault) => fault.from > from || (fault.from === from && !isToldBefore(fault)));
  list.faults.push(...rest.map((fault) => shiftFault(fault, delta)));
  list.faults.length = Math.min(list.faults.length, maxFaults);
}

/** Whether a fault at the place of a child was told before that child was read. */
function isToldBefore({ values }: TreeFault): boolean {
  return values.reason === "missingComma" || values.reason === "missingValue";
}
