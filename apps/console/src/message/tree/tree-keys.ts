import type { JsonLine } from "./json-line.ts";
import type { LineTree } from "./line-tree.ts";

/** What a key does in a tree of lines. */
export type TreeCommand =
  | { readonly kind: "go"; readonly line: number }
  | { readonly kind: "open" | "fold" | "act" | "openSiblings" };

/** Where the tree stands when a key is pressed. */
export interface TreeKeyState {
  readonly tree: LineTree;
  /** The line that the keys go from. */
  readonly active: number;
  /** Lines that are in sight at a time. */
  readonly page: number;
}

/** What a key without modifiers does, after the ARIA tree pattern; undefined for other keys. */
export function treeCommand(key: string, { tree, active, page }: TreeKeyState): TreeCommand | undefined {
  const line = tree.lineAt(active);
  switch (key) {
    case "ArrowDown":
      return go(nearest(tree, active + 1, 1) ?? active);
    case "ArrowUp":
      return go(nearest(tree, active - 1, -1) ?? active);
    case "PageDown":
      return go(nearest(tree, Math.min(active + page, tree.lineCount - 1), -1) ?? active);
    case "PageUp":
      return go(nearest(tree, Math.max(active - page, 0), 1) ?? active);
    case "Home":
      return go(0);
    case "End":
      return go(nearest(tree, tree.lineCount - 1, -1) ?? active);
    case "ArrowRight":
      return line?.isOpen === false ? { kind: "open" } : go(line?.isOpen === true ? active + 1 : active);
    case "ArrowLeft":
      return line?.isOpen === true ? { kind: "fold" } : go(parentOf(tree, line) ?? active);
    case "Enter":
    case " ":
      return { kind: "act" };
    case "*":
      return { kind: "openSiblings" };
    default:
      return undefined;
  }
}

function go(line: number): TreeCommand {
  return { kind: "go", line };
}

/** The first line from `from` on, in the direction `by`, that is no closing one. */
function nearest(tree: LineTree, from: number, by: 1 | -1): number | undefined {
  for (let index = from; index >= 0 && index < tree.lineCount; index += by) {
    if (tree.lineAt(index)?.isClosing === false) {
      return index;
    }
  }
  return undefined;
}

function parentOf(tree: LineTree, line: JsonLine | undefined): number | undefined {
  return line === undefined || line.place.length === 0 ? undefined : tree.indexOf(line.place.slice(0, -1));
}
