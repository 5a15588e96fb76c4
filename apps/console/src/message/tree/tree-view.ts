import { createStore, type StoreApi } from "zustand/vanilla";
import { inSlices } from "../../ui/in-slices.ts";
import { jsonPieces, scalarToken } from "../json-text.ts";
import { isBranch, type ViewNode } from "../view-node.ts";
import type { JsonLine, NodePlace } from "./json-line.ts";
import { createLineTree, type LineTree } from "./line-tree.ts";
import { createTreeSearch, type TreeSearch } from "./tree-search.ts";

/** How a message is looked at. Replaced, never changed. */
export interface TreeViewState {
  /** The node that the keys go from. */
  readonly active: NodePlace;
  /** Grows each time the active node is to be brought in sight. */
  readonly reveals: number;
  /** The lines, by key, of which more is told beside the value. */
  readonly noted: ReadonlySet<string>;
  /** The node that is shown in a window of its own. */
  readonly viewed: NodePlace | undefined;
  /** Whether everything is being unfolded. */
  readonly isUnfolding: boolean;
  /** Whether the newest unfolding stopped at the most lines. */
  readonly isCut: boolean;
}

/** One message as it is looked at: its lines, the search in it, and what is active. */
export interface TreeView {
  readonly tree: LineTree;
  readonly search: TreeSearch;
  readonly store: StoreApi<TreeViewState>;
  /** Makes a node the active one, unfolds what it stands in, and brings it in sight. */
  goTo(place: NodePlace): void;
  /** Makes the node of a line the active one, where it is. */
  choose(line: JsonLine): void;
  setOpen(place: NodePlace, isOpen: boolean): void;
  /** Does what a line is for: folds and unfolds, tells the time, or shows the value whole. */
  act(line: JsonLine): void;
  /** Unfolds the siblings of a line. */
  openSiblings(line: JsonLine): void;
  closeViewed(): void;
  /** Shows so many levels: 1 for the root's children alone. */
  showLevels(levels: number): void;
  /** Stops what is being unfolded. */
  stop(): void;
}

/** A string or bytes of more than that is shown cut off, and whole in a window of its own. */
export const longestInline = 200;

/** Begins to look at a message. */
export function createTreeView(root: ViewNode): TreeView {
  const tree = createLineTree(root);
  const store = createStore<TreeViewState>(() => ({
    active: [],
    reveals: 0,
    noted: new Set(),
    viewed: undefined,
    isUnfolding: false,
    isCut: false,
  }));
  let unfolding = new AbortController();
  const reveal = (active: NodePlace) => store.setState(({ reveals }) => ({ active, reveals: reveals + 1 }));
  const view: TreeView = {
    tree,
    search: createTreeSearch(root, (place) => view.goTo(place)),
    store,
    goTo(place) {
      tree.reveal(place);
      reveal(place);
    },
    choose: ({ place }) => store.setState({ active: place }),
    setOpen(place, isOpen) {
      tree.setOpen(place, isOpen);
      store.setState({ active: place });
    },
    act(line) {
      if (line.isOpen !== undefined) {
        view.setOpen(line.place, !line.isOpen);
      } else if (isLong(line.node)) {
        store.setState({ viewed: line.place });
      } else {
        store.setState(({ noted }) => ({ noted: toggled(noted, line.key) }));
      }
    },
    openSiblings({ place }) {
      const parent = place.slice(0, -1);
      const { siblings = 0 } = tree.lineAt(tree.indexOf(place)) ?? {};
      for (let position = 0; position < Math.min(siblings, mostSiblings); position++) {
        tree.setOpen([...parent, position], true);
      }
      reveal(place);
    },
    closeViewed: () => store.setState({ viewed: undefined }),
    showLevels(levels) {
      unfolding.abort();
      tree.foldFrom(levels);
      unfolding = new AbortController();
      const { signal } = unfolding;
      store.setState({ isUnfolding: true, isCut: false });
      void inSlices(tree.unfoldTo(levels), signal).then((isWhole) => {
        if (unfolding.signal === signal) {
          store.setState({ isUnfolding: false, isCut: isWhole === false });
          reveal(shownPlace(tree, store.getState().active));
        }
      });
    },
    stop() {
      unfolding.abort();
      tree.refresh();
      store.setState({ isUnfolding: false });
    },
  };
  return view;
}

const mostSiblings = 1_000;

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return set.has(key) ? new Set([...set].filter((one) => one !== key)) : new Set(set).add(key);
}

/** Whether a value is too long for its line. */
export function isLong(node: ViewNode): boolean {
  return node.kind === "bytes" || (node.kind === "string" && node.value.length > longestInline);
}

/** The node at `place`, or the folded one that it is in. */
function shownPlace(tree: LineTree, place: NodePlace): NodePlace {
  return tree.lineAt(tree.indexOf(place))?.place ?? [];
}

/** What is copied of a node: a string without quotes, another value as its token, an object or list as indented JSON. */
export async function valueText(node: ViewNode): Promise<string> {
  if (isBranch(node)) {
    return messageText(node);
  }
  return node.kind === "string" ? node.value : scalarToken(node).replace(/^"(.*)"$/s, "$1");
}

/** A message as indented JSON, made in slices. */
export async function messageText(node: ViewNode): Promise<string> {
  const parts: string[] = [];
  function* write() {
    for (const piece of jsonPieces(node, { indent: "  " })) {
      yield parts.push(piece);
    }
  }
  await inSlices(write(), new AbortController().signal);
  return parts.join("");
}
