/**
 * An object or list whose children are shown, one line each or more. Counts the lines within, so that the line at any
 * place is found by a search in each level, without a list of lines.
 */
export interface OpenBranch {
  readonly parent: OpenBranch | undefined;
  /** Its position among its siblings. */
  readonly position: number;
  readonly depth: number;
  /** How many children it has. */
  readonly count: number;
  /** Its lines, from the opening to the closing one. */
  lines: number;
  /** The children that are open themselves, by position. */
  readonly open: OpenBranch[];
  /** Children that were open and are folded, with what was open in them. */
  readonly folded: Map<number, OpenBranch>;
  /** The lines that the open children before each open one add, and the sum of all; undefined until it is needed. */
  sums: readonly number[] | undefined;
}

/** A branch with nothing open in it. */
export function openBranch(parent: OpenBranch | undefined, position: number, count: number): OpenBranch {
  const depth = parent === undefined ? 0 : parent.depth + 1;
  return { parent, position, depth, count, lines: count + 2, open: [], folded: new Map(), sums: undefined };
}

/** What stands at a line of a branch, counted from its opening line: a child, or a line within an open child. */
export interface LinePlace {
  readonly position: number;
  /** The open child, and the line counted from its own opening line. */
  readonly within: { readonly branch: OpenBranch; readonly line: number } | undefined;
}

/** Finds what stands at `line` of a branch, which is neither its opening nor its closing line. */
export function placeOfLine(branch: OpenBranch, line: number): LinePlace {
  const sums = sumsOf(branch);
  const offset = line - 1;
  const last = lastIndex(branch.open.length, (index) => startOf(branch, sums, index) <= offset);
  const child = branch.open[last];
  if (child === undefined) {
    return { position: offset, within: undefined };
  }
  const from = startOf(branch, sums, last);
  return offset < from + child.lines
    ? { position: child.position, within: { branch: child, line: offset - from } }
    : { position: offset - (sums[last + 1] ?? 0), within: undefined };
}

/** The line of a child, counted from the branch's opening line. */
export function lineOfChild(branch: OpenBranch, position: number): number {
  const before = lastIndex(branch.open.length, (index) => (branch.open[index]?.position ?? 0) < position);
  return 1 + position + (sumsOf(branch)[before + 1] ?? 0);
}

/** The child at `position`, where it is open. */
export function openChild(branch: OpenBranch, position: number): OpenBranch | undefined {
  const child = branch.open[lastIndex(branch.open.length, (index) => (branch.open[index]?.position ?? 0) <= position)];
  return child?.position === position ? child : undefined;
}

/** Shows the children of the child at `position`, as it was before it was folded; `make` makes it the first time. */
export function unfoldChild(branch: OpenBranch, position: number, make: () => OpenBranch): OpenBranch {
  const known = openChild(branch, position);
  if (known !== undefined) {
    return known;
  }
  const child = branch.folded.get(position) ?? make();
  branch.folded.delete(position);
  const before = lastIndex(branch.open.length, (index) => (branch.open[index]?.position ?? 0) < position);
  branch.open.splice(before + 1, 0, child);
  grow(branch, child.lines - 1);
  return child;
}

/** Shows the child at `position` in one line, and keeps what is open in it. */
export function foldChild(branch: OpenBranch, position: number): void {
  const child = openChild(branch, position);
  if (child !== undefined) {
    branch.open.splice(branch.open.indexOf(child), 1);
    branch.folded.set(position, child);
    grow(branch, 1 - child.lines);
  }
}

/** Folds all children, and forgets what was open in them. */
export function foldChildren(branch: OpenBranch): void {
  const lines = branch.count + 2;
  const by = lines - branch.lines;
  branch.open.length = 0;
  branch.folded.clear();
  grow(branch, by);
}

function grow(from: OpenBranch, by: number): void {
  for (let branch: OpenBranch | undefined = from; branch !== undefined; branch = branch.parent) {
    branch.lines += by;
    branch.sums = undefined;
  }
}

function sumsOf(branch: OpenBranch): readonly number[] {
  if (branch.sums === undefined) {
    const sums = new Array<number>(branch.open.length + 1);
    let sum = 0;
    branch.open.forEach((child, index) => {
      sums[index] = sum;
      sum += child.lines - 1;
    });
    sums[branch.open.length] = sum;
    branch.sums = sums;
  }
  return branch.sums;
}

function startOf(branch: OpenBranch, sums: readonly number[], index: number): number {
  return (branch.open[index]?.position ?? 0) + (sums[index] ?? 0);
}

/** The last index below `length` for which `holds` is true, where it is true up to some index; -1 for none. */
function lastIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
