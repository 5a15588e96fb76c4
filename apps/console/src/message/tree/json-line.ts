import { isBranch, type ViewEntry, type ViewNode } from "../view-node.ts";

/** Where a node stands: the positions of its ancestors and itself among their siblings, from the root; the root's is empty. */
export type NodePlace = readonly number[];

/** One line of a message shown as JSON: a value, the beginning of an object or list, or its end. */
export interface JsonLine {
  /** Tells the line apart within its message. */
  readonly key: string;
  readonly place: NodePlace;
  readonly depth: number;
  /** The field's name or the map's key; undefined in a list, at the top, and on a closing line. */
  readonly name: string | undefined;
  /** The node that the line shows, opens or closes. */
  readonly node: ViewNode;
  readonly isSet: boolean;
  readonly isUnknown: boolean;
  /** `{`, `[`, `}`, `]`, or both where an empty or folded node takes one line. */
  readonly bracket: "" | "{" | "[" | "}" | "]" | "{}" | "[]";
  readonly isClosing: boolean;
  /** How many children the node has. */
  readonly count: number;
  /** Whether the node's children are shown; undefined where it has none, and on a closing line. */
  readonly isOpen: boolean | undefined;
  /** Whether another sibling follows. */
  readonly hasComma: boolean;
  /** How many siblings there are, itself included. */
  readonly siblings: number;
}

/** What a line is made of. */
export interface LineParts {
  readonly place: NodePlace;
  readonly entry: Pick<ViewEntry, "name" | "node" | "isSet" | "unknownNumber">;
  readonly siblings: number;
  /** How many children the node has. */
  readonly count: number;
  readonly isOpen: boolean;
  readonly isClosing: boolean;
}

/** Makes a line. */
export function jsonLine({ place, entry, siblings, count, isOpen, isClosing }: LineParts): JsonLine {
  const { node } = entry;
  const key = place.join("/");
  return {
    key: isClosing ? `${key}/` : key,
    place,
    depth: place.length,
    name: isClosing ? undefined : entry.name,
    node,
    isSet: entry.isSet,
    isUnknown: entry.unknownNumber !== undefined,
    bracket: isBranch(node) ? bracketOf(node.kind, { isOpen, isClosing }) : "",
    isClosing,
    count,
    isOpen: isClosing || count === 0 ? undefined : isOpen,
    hasComma: (place.at(-1) ?? 0) < siblings - 1 && (isClosing || !isOpen),
    siblings,
  };
}

function bracketOf(kind: "object" | "list", { isOpen, isClosing }: Pick<LineParts, "isOpen" | "isClosing">) {
  if (isClosing) {
    return kind === "object" ? "}" : "]";
  }
  if (isOpen) {
    return kind === "object" ? "{" : "[";
  }
  return kind === "object" ? "{}" : "[]";
}
