import { isBranch, type ViewChildren, type ViewEntry, type ViewNode } from "../view-node.ts";
import { type JsonLine, jsonLine, type NodePlace } from "./json-line.ts";
import {
  foldChild,
  foldChildren,
  lineOfChild,
  type OpenBranch,
  openBranch,
  openChild,
  placeOfLine,
  unfoldChild,
} from "./open-branch.ts";

/**
 * The lines of a message shown as JSON, of which any can be had without making the others. Not immutable: `version` tells
 * one state from another.
 */
export interface LineTree {
  readonly root: ViewNode;
  /** Grows with each change of what is folded. */
  readonly version: number;
  readonly lineCount: number;
  /** The line at `index`, from 0; undefined past the end. The same object until something is folded or unfolded. */
  lineAt(index: number): JsonLine | undefined;
  /** The line of the node at `place`, or of the folded one that it is in. */
  indexOf(place: NodePlace): number;
  /** Unfolds or folds a node; what is open in it is kept. */
  setOpen(place: NodePlace, isOpen: boolean): void;
  /** Unfolds what the node at `place` stands in; answers its line. */
  reveal(place: NodePlace): number;
  /** Folds every node that stands `level` deep or deeper; the root stands 0 deep. */
  foldFrom(level: number): void;
  /**
   * Unfolds every node that stands less than `level` deep, step by step, in the order of the lines. Stops at the most
   * lines that a tree shows, and answers whether it got to the end.
   */
  unfoldTo(level: number): Generator<void, boolean, undefined>;
  /** Tells the listeners how the lines are by now, after an unfolding that was given up. */
  refresh(): void;
  /** The path of the node at `place` in the schema's terms, as in `articles[3].title`; empty for the root. */
  pathOf(place: NodePlace): string;
  /** The child at `place`; undefined for the root, and where there is none. */
  entryAt(place: NodePlace): ViewEntry | undefined;
  subscribe(listener: () => void): () => void;
  getState(): number;
}

/** How much of a message is unfolded. */
export interface LineTreeLimits {
  /** The children of a longer list, map or message are folded to begin with. Default 100. */
  readonly longBranch?: number;
  /** So many lines are unfolded to begin with, a level after the other; children of long lists not counted. Default 2,000. */
  readonly firstLines?: number;
  /** So many levels are unfolded to begin with. Default 24. */
  readonly firstDepth?: number;
  /** The most lines that `unfoldTo` makes. Default 1,000,000. */
  readonly mostLines?: number;
}

/** Lines and children that are kept at hand; those in sight are far fewer. */
const mostKept = 1_000;

/** Creates the lines of `root`, with the first levels unfolded. */
export function createLineTree(root: ViewNode, limits: LineTreeLimits = {}): LineTree {
  const { longBranch = 100, firstLines = 2_000, firstDepth = 24, mostLines = 1_000_000 } = limits;
  const listeners = new Set<() => void>();
  const lines = new Map<number, JsonLine>();
  const children = new Map<OpenBranch, ViewChildren>();
  const rootChildren = isBranch(root) ? root.children() : undefined;
  const rootBranch = openBranch(undefined, 0, rootChildren?.length ?? 0);
  let isRootOpen = rootBranch.count > 0;
  let version = 0;

  const childrenOf = (branch: OpenBranch): ViewChildren => {
    if (branch.parent === undefined) {
      return rootChildren ?? { length: 0, at: () => undefined };
    }
    const known = children.get(branch);
    if (known !== undefined) {
      return known;
    }
    // Down from the nearest ancestor whose children are at hand, so that depth takes no stack.
    const missing: OpenBranch[] = [];
    let above: OpenBranch = branch;
    while (above.parent !== undefined && !children.has(above)) {
      missing.push(above);
      above = above.parent;
    }
    let found = (above.parent === undefined ? rootChildren : children.get(above)) ?? { length: 0, at: () => undefined };
    for (const next of missing.reverse()) {
      const node = found.at(next.position)?.node;
      found = node !== undefined && isBranch(node) ? node.children() : { length: 0, at: () => undefined };
      keep(children, next, found);
    }
    return found;
  };

  /** The branch at `place`, where it and all above are open. */
  const branchAt = (place: NodePlace): OpenBranch | undefined => {
    let branch: OpenBranch | undefined = isRootOpen ? rootBranch : undefined;
    for (const position of place) {
      branch = branch && openChild(branch, position);
    }
    return branch;
  };

  const unfoldBelow = (parent: OpenBranch, position: number): OpenBranch | undefined => {
    const known = openChild(parent, position);
    if (known !== undefined) {
      return known;
    }
    const count = countOf(childrenOf(parent).at(position)?.node);
    return count === 0 ? undefined : unfoldChild(parent, position, () => openBranch(parent, position, count));
  };

  /** Unfolds level after level below `from`, while there are lines left. */
  const unfoldFirst = (from: OpenBranch, lineLimit: number) => {
    let left = lineLimit - from.count;
    let level = [from];
    for (let depth = 0; level.length > 0 && depth < firstDepth; depth++) {
      const next: OpenBranch[] = [];
      for (const branch of level) {
        if (branch.count > longBranch) {
          continue;
        }
        const entries = childrenOf(branch);
        for (let position = 0; position < branch.count; position++) {
          const count = countOf(entries.at(position)?.node);
          const cost = Math.min(count, longBranch);
          if (count > 0 && cost <= left) {
            left -= cost;
            next.push(unfoldChild(branch, position, () => openBranch(branch, position, count)));
          }
        }
      }
      level = next;
    }
  };

  /** Unfolds a child, and the first time what is small in it too. */
  const unfoldOnDemand = (parent: OpenBranch, position: number): OpenBranch | undefined => {
    const isKnown = parent.folded.has(position) || openChild(parent, position) !== undefined;
    const child = unfoldBelow(parent, position);
    if (!isKnown && child !== undefined) {
      unfoldFirst(child, longBranch);
    }
    return child;
  };

  const changed = () => {
    version++;
    lines.clear();
    for (const listener of listeners) {
      listener();
    }
  };

  const makeLine = (index: number): JsonLine | undefined => {
    if (!isRootOpen) {
      const entry = { name: undefined, node: root, isSet: true };
      const parts = { place: [], entry, siblings: 1, count: rootBranch.count, isOpen: false, isClosing: false };
      return index === 0 ? jsonLine(parts) : undefined;
    }
    let branch = rootBranch;
    let line = index;
    const place: number[] = [];
    while (line > 0 && line < branch.lines - 1) {
      const found = placeOfLine(branch, line);
      place.push(found.position);
      if (found.within === undefined) {
        const entry = childrenOf(branch).at(found.position);
        const count = countOf(entry?.node);
        return entry && jsonLine({ place, entry, siblings: branch.count, count, isOpen: false, isClosing: false });
      }
      ({ branch, line } = found.within);
    }
    const entry = entryOf(branch);
    const siblings = branch.parent?.count ?? 1;
    return entry && jsonLine({ place, entry, siblings, count: branch.count, isOpen: true, isClosing: line > 0 });
  };

  const entryOf = (branch: OpenBranch): Pick<ViewEntry, "name" | "node" | "isSet"> | undefined =>
    branch.parent === undefined
      ? { name: undefined, node: root, isSet: true }
      : childrenOf(branch.parent).at(branch.position);

  const indexOf = (place: NodePlace): number => {
    let index = 0;
    let branch: OpenBranch | undefined = isRootOpen ? rootBranch : undefined;
    for (const position of place) {
      if (branch === undefined) {
        break;
      }
      index += lineOfChild(branch, position);
      branch = openChild(branch, position);
    }
    return index;
  };

  /** The children along `place`, one for each step; shorter where there is no such place. */
  const entriesAlong = (place: NodePlace): ViewEntry[] => {
    const entries: ViewEntry[] = [];
    let node: ViewNode | undefined = root;
    for (const position of place) {
      const entry: ViewEntry | undefined =
        node !== undefined && isBranch(node) ? node.children().at(position) : undefined;
      if (entry === undefined) {
        break;
      }
      entries.push(entry);
      node = entry.node;
    }
    return entries;
  };

  const tree: LineTree = {
    root,
    get version() {
      return version;
    },
    get lineCount() {
      return isRootOpen ? rootBranch.lines : 1;
    },
    lineAt(index) {
      const known = lines.get(index);
      if (known !== undefined) {
        return known;
      }
      const line = index < 0 || index >= tree.lineCount ? undefined : makeLine(index);
      if (line !== undefined) {
        keep(lines, index, line);
      }
      return line;
    },
    indexOf,
    setOpen(place, isOpen) {
      const position = place.at(-1);
      if (position === undefined) {
        isRootOpen = isOpen && rootBranch.count > 0;
      } else {
        const parent = branchAt(place.slice(0, -1));
        if (parent === undefined) {
          return;
        }
        if (isOpen) {
          unfoldOnDemand(parent, position);
        } else {
          foldChild(parent, position);
        }
      }
      changed();
    },
    reveal(place) {
      let branch: OpenBranch | undefined = rootBranch;
      const before = tree.lineCount;
      isRootOpen = rootBranch.count > 0;
      for (const position of place.slice(0, -1)) {
        branch = branch && unfoldOnDemand(branch, position);
      }
      if (tree.lineCount !== before) {
        changed();
      }
      return indexOf(place);
    },
    foldFrom(level) {
      if (level === 0) {
        isRootOpen = false;
      }
      const pending: OpenBranch[] = [rootBranch];
      for (let branch = pending.pop(); branch !== undefined; branch = pending.pop()) {
        if (branch.depth >= level - 1) {
          foldChildren(branch);
        } else {
          branch.folded.clear();
          pending.push(...branch.open);
        }
      }
      changed();
    },
    *unfoldTo(level) {
      isRootOpen = rootBranch.count > 0;
      const isWhole = yield* unfoldAll(level);
      changed();
      return isWhole;
    },
    refresh: changed,
    pathOf: (place) =>
      entriesAlong(place)
        .map(({ step }) => step)
        .join("")
        .replace(/^\./, ""),
    entryAt: (place) => (place.length === 0 ? undefined : entriesAlong(place)[place.length - 1]),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getState: () => version,
  };

  function* unfoldAll(level: number): Generator<void, boolean, undefined> {
    const pending: { branch: OpenBranch; position: number }[] = [{ branch: rootBranch, position: 0 }];
    for (let at = pending.at(-1); at !== undefined; at = pending.at(-1)) {
      const { branch } = at;
      if (at.position >= branch.count || branch.depth + 1 >= level) {
        pending.pop();
        continue;
      }
      const child = unfoldBelow(branch, at.position++);
      // Whoever draws lines between two steps gets them as they are by then.
      lines.clear();
      if (rootBranch.lines > mostLines) {
        return false;
      }
      if (child !== undefined) {
        pending.push({ branch: child, position: 0 });
      }
      yield;
    }
    return true;
  }

  unfoldFirst(rootBranch, firstLines);
  return tree;
}

function countOf(node: ViewNode | undefined): number {
  return node !== undefined && isBranch(node) ? node.children().length : 0;
}

function keep<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value): void {
  if (kept.size >= mostKept) {
    kept.clear();
  }
  kept.set(key, value);
}
