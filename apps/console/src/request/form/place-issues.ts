import type { JsonDocument } from "../document/json-document.ts";
import type { JsonTree, TreeChild } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";

/** The issues of a text, each with the node that it is about. */
export interface PlacedIssues {
  /** The issues of a value or of a member's name itself. */
  readonly of: ReadonlyMap<JsonTree, readonly JsonIssue[]>;
  /** How many issues stand at a value and within it. */
  readonly within: ReadonlyMap<JsonTree, number>;
}

/** No issues at all. */
export const noIssues: PlacedIssues = { of: new Map(), within: new Map() };

/**
 * Finds the node of each issue. Lists that say the same as those of `previous` are the same objects, so that only what
 * changed has to be shown anew.
 */
export function placeIssues(
  document: JsonDocument,
  issues: readonly JsonIssue[],
  previous: PlacedIssues = noIssues,
): PlacedIssues {
  const found = new Map<JsonTree, JsonIssue[]>();
  const within = new Map<JsonTree, number>();
  for (const issue of issues) {
    const trail = trailTo(document, issue);
    for (const tree of trail) {
      within.set(tree, (within.get(tree) ?? 0) + 1);
    }
    const node = trail.at(-1);
    if (node !== undefined) {
      const known = found.get(node);
      known === undefined ? found.set(node, [issue]) : known.push(issue);
    }
  }
  const of = new Map<JsonTree, readonly JsonIssue[]>();
  for (const [tree, list] of found) {
    const before = previous.of.get(tree);
    of.set(tree, before !== undefined && saysTheSame(before, list) ? before : list);
  }
  return { of, within };
}

/** The nodes from the outermost to the one that an issue is about, a member's name among them. */
export function trailTo(document: JsonDocument, issue: Pick<JsonIssue, "from" | "to">): readonly JsonTree[] {
  const trail: JsonTree[] = [];
  let start = 0;
  let next = childAround(document.values, issue, start);
  while (next !== undefined) {
    const { tree, at } = next;
    start += at;
    trail.push(tree);
    const isWhole = start === issue.from && start + tree.length === issue.to;
    next = isWhole ? undefined : childAround(childrenOf(tree, issue.from - start), issue, start);
  }
  return trail;
}

/** The children among which the one at `offset` is, in their order; a member counts as its name and its value. */
function childrenOf(tree: JsonTree, offset: number): readonly TreeChild[] {
  switch (tree.kind) {
    case "array":
      return tree.items;
    case "object": {
      const member = tree.members[lastAtOrBefore(tree.members, offset, ({ key }) => key.at)];
      return member === undefined ? [] : [member.key, member.value];
    }
    case "string":
    case "number":
    case "word":
    case "missing":
      return [];
  }
}

function childAround(
  children: readonly TreeChild[],
  { from, to }: Pick<JsonIssue, "from" | "to">,
  start: number,
): TreeChild | undefined {
  const child = children[lastAtOrBefore(children, from - start, ({ at }) => at)];
  return child !== undefined && to <= start + child.at + child.tree.length ? child : undefined;
}

/** The position of the last item that begins at or before `offset`; -1 where there is none. */
function lastAtOrBefore<Item>(items: readonly Item[], offset: number, startOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && startOf(item) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

function saysTheSame(one: readonly JsonIssue[], other: readonly JsonIssue[]): boolean {
  return (
    one.length === other.length &&
    one.every((issue, at) => {
      const against = other[at];
      return (
        against !== undefined &&
        issue.kind === against.kind &&
        issue.missing === against.missing &&
        JSON.stringify(issue.values) === JSON.stringify(against.values)
      );
    })
  );
}
