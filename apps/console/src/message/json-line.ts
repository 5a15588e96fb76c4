import type { ViewNode } from "./view-node.ts";

/** One line of a message shown as JSON. */
export interface JsonLine {
  /** Tells the line's node apart within its message: the path of names and positions. A closing line ends in `/`. */
  readonly id: string;
  readonly depth: number;
  /** The field's name or the map's key; undefined in a list and at the top. */
  readonly name: string | undefined;
  /** The node that the line shows or opens; undefined on a closing line. */
  readonly node: ViewNode | undefined;
  readonly isSet: boolean;
  readonly isUnknown: boolean;
  /** `{`, `[`, `}`, `]`, or both where an empty or folded node takes one line. */
  readonly bracket: "" | "{" | "[" | "}" | "]" | "{}" | "[]";
  /** Set on the opening line of a node with children. */
  readonly fold: { readonly isFolded: boolean; readonly count: number } | undefined;
  readonly hasComma: boolean;
}

interface Place {
  readonly id: string;
  readonly depth: number;
  readonly name: string | undefined;
  readonly isSet: boolean;
  readonly isUnknown: boolean;
  readonly hasComma: boolean;
}

/** The lines that show `root`; a node whose line id is in `folded` takes one. */
export function jsonLines(root: ViewNode, folded: ReadonlySet<string>): JsonLine[] {
  const lines: JsonLine[] = [];
  const top = { id: "$", depth: 0, name: undefined, isSet: true, isUnknown: false, hasComma: false };
  addNode(root, top, { lines, folded });
  return lines;
}

function addNode(node: ViewNode, place: Place, out: { lines: JsonLine[]; folded: ReadonlySet<string> }): void {
  const { lines, folded } = out;
  if (node.kind !== "object" && node.kind !== "list") {
    lines.push({ ...place, node, bracket: "", fold: undefined });
    return;
  }
  const children = childrenOf(node);
  const [open, close] = node.kind === "object" ? (["{", "}"] as const) : (["[", "]"] as const);
  const both = node.kind === "object" ? "{}" : "[]";
  const isFolded = folded.has(place.id);
  const fold = children.length === 0 ? undefined : { isFolded, count: children.length };
  if (fold === undefined || isFolded) {
    lines.push({ ...place, node, bracket: both, fold });
    return;
  }
  lines.push({ ...place, node, bracket: open, fold, hasComma: false });
  children.forEach((child, i) => {
    const hasComma = i < children.length - 1;
    addNode(child.node, { ...child.place, id: `${place.id}/${i}`, depth: place.depth + 1, hasComma }, out);
  });
  lines.push({ ...place, id: `${place.id}/`, name: undefined, node: undefined, bracket: close, fold: undefined });
}

interface Child {
  readonly node: ViewNode;
  readonly place: Pick<Place, "name" | "isSet" | "isUnknown">;
}

function childrenOf(node: Extract<ViewNode, { kind: "object" | "list" }>): Child[] {
  if (node.kind === "list") {
    return node.items().map((item) => ({ node: item, place: { name: undefined, isSet: true, isUnknown: false } }));
  }
  return node.entries().map((entry) => ({
    node: entry.node,
    place: { name: entry.name, isSet: entry.isSet, isUnknown: entry.unknownNumber !== undefined },
  }));
}
