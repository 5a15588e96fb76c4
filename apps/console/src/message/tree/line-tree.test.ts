import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listNode, objectNode } from "../testing/view-nodes.ts";
import { eachChild } from "../view-children.ts";
import { isBranch, type ViewBranch, type ViewNode } from "../view-node.ts";
import type { JsonLine, NodePlace } from "./json-line.ts";
import { createLineTree, type LineTree } from "./line-tree.ts";

const name = fc.constantFrom("id", "title", "__proto__", "constructor", "a b");
const { node: anyNode } = fc.letrec<{ node: ViewNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer().map((value): ViewNode => ({ kind: "number", text: String(value) })),
    fc.array(tie("node"), { maxLength: 5 }).map((items): ViewNode => listNode(items)),
    fc.uniqueArray(fc.tuple(name, tie("node")), { selector: ([key]) => key, maxLength: 5 }).map(objectNode),
  ),
}));

/** Everything that can be done to a tree, chosen by numbers. */
const command = fc.record({
  kind: fc.constantFrom("toggle", "toggle", "toggle", "reveal", "levels", "all"),
  at: fc.nat(10_000),
});

/** The lines as a plain walk over everything makes them; `isOpen` is asked for each node with children. */
function naiveLines(root: ViewNode, isOpen: (place: NodePlace) => boolean): string[] {
  const lines: string[] = [];
  const add = (node: ViewNode, place: NodePlace, key: string | undefined, comma: string) => {
    const head = `${"  ".repeat(place.length)}${key === undefined ? "" : `${key}: `}`;
    const children = isBranch(node) ? [...eachChild(node.children())] : [];
    if (!isBranch(node)) {
      lines.push(`${head}${node.kind === "number" ? node.text : ""}${comma}`);
    } else if (children.length === 0 || !isOpen(place)) {
      lines.push(`${head}${node.kind === "object" ? "{}" : "[]"}${comma}`);
    } else {
      lines.push(head + (node.kind === "object" ? "{" : "["));
      children.forEach((child, position) => {
        add(child.node, [...place, position], child.name, position < children.length - 1 ? "," : "");
      });
      lines.push(`${"  ".repeat(place.length)}${node.kind === "object" ? "}" : "]"}${comma}`);
    }
  };
  add(root, [], undefined, "");
  return lines;
}

function lineText({ depth, name: key, node, bracket, hasComma }: JsonLine): string {
  const value = node.kind === "number" ? node.text : bracket;
  return `${"  ".repeat(depth)}${key === undefined ? "" : `${key}: `}${value}${hasComma ? "," : ""}`;
}

function linesOf(tree: LineTree): JsonLine[] {
  return Array.from({ length: tree.lineCount }, (_, index) => tree.lineAt(index)).filter((line) => line !== undefined);
}

/** The places of all nodes with children. */
function branchesOf(root: ViewNode, place: NodePlace = []): NodePlace[] {
  if (!isBranch(root) || root.children().length === 0) {
    return [];
  }
  const inner = [...eachChild(root.children())].flatMap(({ node }, i) => branchesOf(node, [...place, i]));
  return [place, ...inner];
}

function run(steps: Generator<void, boolean, undefined>): boolean {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

describe("createLineTree()", () => {
  test("has the lines of a plain walk over what is open, whatever is folded and unfolded", () => {
    fc.assert(
      fc.property(anyNode, fc.array(command, { maxLength: 12 }), (root, commands) => {
        const tree = createLineTree(root, { firstLines: 20, longBranch: 3, firstDepth: 4 });
        const branches = branchesOf(root);
        const places = new Map(branches.map((place) => [place.join("/"), place]));
        // What is open is told by the tree's own beginning, and then followed apart from it.
        const open = new Map(branches.map((place) => [place.join("/"), isOpenIn(tree, place)]));
        const isOpen = (place: NodePlace) => open.get(place.join("/")) === true;
        expect(linesOf(tree).map(lineText)).toEqual(naiveLines(root, isOpen));
        for (const { kind, at } of commands) {
          const place = branches[at % Math.max(1, branches.length)];
          if (place === undefined) {
            continue;
          }
          switch (kind) {
            case "toggle": {
              const isShown = place.every((_, depth) => isOpen(place.slice(0, depth)));
              const wanted = !isOpen(place);
              tree.setOpen(place, wanted);
              if (isShown) {
                open.set(place.join("/"), wanted);
              }
              break;
            }
            case "reveal":
              tree.reveal(place);
              for (let depth = 0; depth < place.length; depth++) {
                open.set(place.slice(0, depth).join("/"), true);
              }
              break;
            case "levels":
              tree.foldFrom(at % 5);
              expect(run(tree.unfoldTo(at % 5))).toBe(true);
              break;
            case "all":
              expect(run(tree.unfoldTo(Number.POSITIVE_INFINITY))).toBe(true);
              expect(tree.lineCount).toBe(naiveLines(root, () => true).length);
              break;
          }
          for (const [key, one] of places) {
            if (one.every((_, depth) => isOpenIn(tree, one.slice(0, depth)))) {
              if (kind === "toggle" && key === place.join("/")) {
                expect(isOpenIn(tree, one)).toBe(isOpen(one));
              }
              open.set(key, isOpenIn(tree, one));
            }
          }
          expect(linesOf(tree).map(lineText)).toEqual(naiveLines(root, isOpen));
        }
      }),
    );
  });

  test("finds the line of each place, and the place of each line", () => {
    fc.assert(
      fc.property(anyNode, (root) => {
        const tree = createLineTree(root, { firstLines: 10 });
        linesOf(tree).forEach((line, index) => {
          if (!line.isClosing) {
            expect(tree.indexOf(line.place)).toBe(index);
          }
        });
      }),
    );
  });

  test("folds the items of a long list, and makes none of them", () => {
    let made = 0;
    const item = objectNode([["id", { kind: "null" }]]);
    const at = (position: number) => {
      made++;
      return { name: undefined, step: `[${position}]`, node: item, isSet: true };
    };
    const long: ViewBranch = { kind: "list", typeName: "", children: () => ({ length: 1_000_000, at }) };
    const tree = createLineTree(objectNode([["items", long]]));
    expect(tree.lineCount).toBe(1_000_004);
    expect(made).toBe(0);
    expect(tree.lineAt(500_000)).toMatchObject({ place: [0, 499_998], isOpen: false });
    expect(made).toBeLessThan(5);
    expect(tree.pathOf([0, 3, 0])).toBe("items[3].id");
    tree.setOpen([0, 3], true);
    expect(tree.lineCount).toBe(1_000_006);
    expect(tree.lineAt(1_000_005)).toMatchObject({ isClosing: true, bracket: "}" });
    expect(made).toBeLessThan(10);
  });

  test("stops unfolding at the most lines", () => {
    const root = listNode(Array.from({ length: 50 }, () => listNode([{ kind: "null" }])));
    const tree = createLineTree(root, { longBranch: 10, mostLines: 100 });
    expect(tree.lineCount).toBe(52);
    expect(run(tree.unfoldTo(Number.POSITIVE_INFINITY))).toBe(false);
    expect(tree.lineCount).toBeLessThanOrEqual(102);
  });

  test("takes a message that is nested deep", () => {
    let root: ViewNode = { kind: "null" };
    for (let depth = 0; depth < 5_000; depth++) {
      root = objectNode([["next", root]]);
    }
    const tree = createLineTree(root);
    const deepest = Array.from({ length: 5_000 }, () => 0);
    expect(tree.reveal(deepest)).toBe(5_000);
    expect(tree.lineAt(5_000)).toMatchObject({ name: "next", depth: 5_000 });
    expect(tree.lineCount).toBe(10_001);
  });
});

function isOpenIn(tree: LineTree, place: NodePlace): boolean {
  const line = tree.lineAt(tree.indexOf(place));
  return line?.place.length === place.length && line.isOpen === true;
}
