import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "./apply-edits.ts";
import * as edit from "./edit-document.ts";
import { findNode } from "./find-node.ts";
import type { JsonDocument, NodePath, TextEdit } from "./json-document.ts";
import type { JsonTree } from "./json-tree.ts";
import { parseDocument } from "./parse-document.ts";
import { jsonLike, laidOutJson } from "./testing/arbitrary-text.ts";

/** A tree without its places, but with every member in its order. */
type Shape = string | number | boolean | null | undefined | ShapeObject | ShapeArray;
interface ShapeObject {
  readonly members: readonly Pair[];
}
interface ShapeArray {
  readonly items: readonly Shape[];
}
type Pair = readonly [name: string, value: Shape];

function shapeOf(tree: JsonTree): Shape {
  switch (tree.kind) {
    case "object":
      return { members: tree.members.map(({ key, value }) => [key.tree.value, shapeOf(value.tree)]) };
    case "array":
      return { items: tree.items.map((item) => shapeOf(item.tree)) };
    case "string":
      return `"${tree.value}`;
    case "number":
      return tree.literal;
    case "word":
      return tree.value;
    case "missing":
      return undefined;
  }
}

function shapesOf(text: string): readonly Shape[] {
  return parseDocument(text).values.map(({ tree }) => shapeOf(tree));
}

/** The paths of all containers of a kind. */
function pathsOf(document: JsonDocument, kind: "object" | "array"): NodePath[] {
  const paths: NodePath[] = [];
  const visit = (tree: JsonTree, path: NodePath) => {
    if (tree.kind === kind) {
      paths.push(path);
    }
    const children = tree.kind === "object" ? tree.members.map(({ value }) => value) : [];
    for (const [at, child] of (tree.kind === "array" ? tree.items : children).entries()) {
      visit(child.tree, [...path, at]);
    }
  };
  for (const [at, { tree }] of document.values.entries()) {
    visit(tree, [at]);
  }
  return paths;
}

/** The shapes with the one at `path` changed. */
function changed(shapes: readonly Shape[], path: NodePath, change: (shape: Shape) => Shape): readonly Shape[] {
  const visit = (shape: Shape, [first, ...rest]: NodePath): Shape => {
    if (first === undefined) {
      return change(shape);
    }
    const at = (position: number, inner: Shape) => (position === first ? visit(inner, rest) : inner);
    return isObject(shape)
      ? { members: shape.members.map(([name, value], i): Pair => [name, at(i, value)]) }
      : { items: itemsOf(shape).map((item, i) => at(i, item)) };
  };
  return itemsOf(visit({ items: shapes }, path));
}

function isObject(shape: Shape): shape is ShapeObject {
  return typeof shape === "object" && shape !== null && "members" in shape;
}

function itemsOf(shape: Shape): readonly Shape[] {
  return typeof shape === "object" && shape !== null && "items" in shape ? shape.items : [];
}

function ofMembers(change: (members: readonly Pair[]) => readonly Pair[]): (shape: Shape) => Shape {
  return (shape) => ({ members: change(isObject(shape) ? shape.members : []) });
}

function ofItems(change: (items: readonly Shape[]) => readonly Shape[]): (shape: Shape) => Shape {
  return (shape) => ({ items: change(itemsOf(shape)) });
}

function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  return item === undefined ? items : items.toSpliced(from, 1).toSpliced(to, 0, item);
}

interface Change {
  readonly edits: readonly TextEdit[];
  readonly shapes: readonly Shape[];
}

const values = fc.constantFrom(
  "1",
  '"x y"',
  "null",
  "{}",
  '[1, {"a": "[b"}]',
  '{\n  "a": [\n    1\n  ],\n  "b": {}\n}',
);
const names = fc.constantFrom("new", "a", "__proto__", 'q"', "");

/** Every kind of edit at arbitrary places of `text`, and what it is to come to. */
function changesOf(text: string): fc.Arbitrary<Change> {
  const document = parseDocument(text);
  const shapes = shapesOf(text);
  const atSome = (kind: "object" | "array", make: (path: NodePath, length: number) => fc.Arbitrary<Change>) => {
    const paths = pathsOf(document, kind);
    return paths.length === 0
      ? []
      : [
          fc.constantFrom(...paths).chain((path) => {
            const tree = findNode(document, path)?.tree;
            const length =
              tree?.kind === "object" ? tree.members.length : tree?.kind === "array" ? tree.items.length : 0;
            return make(path, length);
          }),
        ];
  };
  const ofExisting = <T>(length: number, make: (a: number, b: number) => T) =>
    fc
      .tuple(fc.nat({ max: Math.max(0, length - 1) }), fc.nat({ max: Math.max(0, length - 1) }))
      .map(([a, b]) => make(a, b));
  const only = (json: string) => shapesOf(json)[0];
  return fc.oneof(
    ...atSome("object", (path) =>
      fc.tuple(names, values).map(([name, json]) => ({
        edits: edit.insertMember(document, path, name, json),
        shapes: changed(
          shapes,
          path,
          ofMembers((members) => [...members, [name, only(json)]]),
        ),
      })),
    ),
    ...atSome("object", (path) =>
      fc.tuple(names, values).map(([name, json]) => ({
        edits: edit.setMember(document, path, name, json),
        shapes: changed(
          shapes,
          path,
          ofMembers((members) => {
            const at = members.findIndex(([known]) => known === name);
            return at === -1 ? [...members, [name, only(json)]] : members.with(at, [name, only(json)]);
          }),
        ),
      })),
    ),
    ...atSome("object", (path, length) =>
      ofExisting(length, (at) => ({
        edits: edit.removeMember(document, path, at),
        shapes: changed(
          shapes,
          path,
          ofMembers((members) => members.toSpliced(at, 1)),
        ),
      })),
    ),
    ...atSome("object", (path, length) =>
      ofExisting(length, (at) => ({
        edits: edit.renameMember(document, path, at, 'new "name"'),
        shapes: changed(
          shapes,
          path,
          ofMembers((members) => members.map((pair, i): Pair => (i === at ? ['new "name"', pair[1]] : pair))),
        ),
      })),
    ),
    ...atSome("array", (path, length) =>
      fc.tuple(fc.nat({ max: length }), values).map(([at, json]) => ({
        edits: edit.insertItem(document, path, at, json),
        shapes: changed(
          shapes,
          path,
          ofItems((items) => items.toSpliced(at, 0, only(json))),
        ),
      })),
    ),
    ...atSome("array", (path, length) =>
      ofExisting(length, (at) => ({
        edits: edit.removeItem(document, path, at),
        shapes: changed(
          shapes,
          path,
          ofItems((items) => items.toSpliced(at, 1)),
        ),
      })),
    ),
    ...atSome("array", (path, length) =>
      ofExisting(length, (from, to) => ({
        edits: edit.moveItem(document, path, from, to),
        shapes: changed(
          shapes,
          path,
          ofItems((items) => moved(items, from, to)),
        ),
      })),
    ),
    ...atSome("object", (path) =>
      values.map((json) => ({
        edits: edit.replaceValue(document, path, json),
        shapes: changed(shapes, path, () => only(json)),
      })),
    ),
    fc.tuple(fc.nat({ max: shapes.length }), values).map(([at, json]) => ({
      edits: edit.insertDocument(document, at, json),
      shapes: shapes.toSpliced(at, 0, only(json)),
    })),
    ofExisting(shapes.length, (at) => ({
      edits: edit.removeDocument(document, at),
      shapes: shapes.toSpliced(at, 1),
    })),
    ofExisting(shapes.length, (from, to) => ({
      edits: edit.moveDocument(document, from, to),
      shapes: moved(shapes, from, to),
    })),
  );
}

const documents = fc.array(laidOutJson, { maxLength: 3 }).map((texts) => texts.join("\n"));

describe("an edit of a document", () => {
  it("makes exactly the wished change, wherever it is made", () => {
    const cases = documents.chain((text) => fc.tuple(fc.constant(text), changesOf(text)));
    fc.assert(
      fc.property(cases, ([text, { edits, shapes }]) => {
        const after = applyEdits(text, edits);
        expect(parseDocument(after).faults).toEqual([]);
        expect(shapesOf(after)).toEqual(shapes);
      }),
      { numRuns: 1000 },
    );
  });

  it("loses nothing of a text with faults that it doesn't take out or replace", () => {
    const texts = fc.oneof(
      jsonLike,
      laidOutJson.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
    );
    const cases = texts.chain((text) => fc.tuple(fc.constant(text), fc.nat(8), names, values));
    fc.assert(
      fc.property(cases, ([text, position, name, json]) => {
        const document = parseDocument(text);
        const objects = pathsOf(document, "object");
        const arrays = pathsOf(document, "array");
        const object = objects[position % Math.max(1, objects.length)] ?? [0];
        const array = arrays[position % Math.max(1, arrays.length)] ?? [0];
        for (const edits of [
          edit.insertMember(document, object, name, json),
          edit.insertItem(document, array, position, json),
          edit.insertDocument(document, position, json),
        ]) {
          for (const { from, to } of edits) {
            expect(text.slice(from, to).trim()).toMatch(/^(?:null)?$/);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  it("sets a member of a half-typed object and keeps its other members", () => {
    const cases = laidOutJson.chain((text) => fc.nat(text.length).map((end) => text.slice(0, end)));
    fc.assert(
      fc.property(cases, (text) => {
        const document = parseDocument(text);
        for (const path of pathsOf(document, "object")) {
          const after = applyEdits(text, edit.insertMember(document, path, "new", "1"));
          const before = shapesOf(text);
          expect(shapesOf(after)).toEqual(
            changed(
              before,
              path,
              ofMembers((members) => [...members, ["new", "1"]]),
            ),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

function after(text: string, make: (document: JsonDocument) => readonly TextEdit[]): string {
  return applyEdits(text, make(parseDocument(text)));
}

describe("setMember()", () => {
  const set = (text: string, path: NodePath, name: string, json: string, order?: readonly string[]) =>
    after(text, (document) => edit.setMember(document, path, name, json, order));

  it("makes an object in an empty text", () => {
    expect(set("", [0], "a", "1")).toBe('{\n  "a": 1\n}');
    expect(set(" \n", [0], "a", "[\n  1\n]")).toBe('{\n  "a": [\n    1\n  ]\n}');
  });

  it("opens an empty object as its surroundings are laid out", () => {
    expect(set("{}", [0], "a", "1")).toBe('{\n  "a": 1\n}');
    expect(set('{"b": {}}', [0, 0], "a", "1")).toBe('{"b": {"a": 1}}');
    expect(set('{\n\t"b": {}\n}', [0, 0], "a", "1")).toBe('{\n\t"b": {\n\t\t"a": 1\n\t}\n}');
    expect(set('{"b": null}', [0, 0], "a", "1")).toBe('{"b": {"a": 1}}');
  });

  it("keeps one line one line, and the colons as they are", () => {
    expect(set('{"b": 2}', [0], "a", '{\n  "x": 1\n}')).toBe('{"b": 2, "a": {"x": 1}}');
    expect(set('{"b":2}', [0], "a", "1")).toBe('{"b":2,"a":1}');
    expect(set('{"b":2,"c":3}', [0], "a", "1")).toBe('{"b":2,"c":3,"a":1}');
  });

  it("indents the lines of a value with its place", () => {
    expect(set('{\n    "b": 2\n}', [0], "a", '{\n  "x": 1\n}')).toBe(
      '{\n    "b": 2,\n    "a": {\n      "x": 1\n    }\n}',
    );
  });

  it("inserts by the order of the schema", () => {
    const order = ["a", "b", "c"];
    expect(set('{"a": 1, "c": 3}', [0], "b", "2", order)).toBe('{"a": 1, "b": 2, "c": 3}');
    expect(set('{"b": 2, "c": 3}', [0], "a", "1", order)).toBe('{"a": 1, "b": 2, "c": 3}');
    expect(set('{"a": 1, "z": 9}', [0], "b", "2", order)).toBe('{"a": 1, "b": 2, "z": 9}');
    expect(set('{"z": 9}', [0], "b", "2", order)).toBe('{"z": 9, "b": 2}');
  });

  it("fills a member whose value is missing", () => {
    expect(set('{"a": , "b": 1}', [0], "a", "1")).toBe('{"a": 1 , "b": 1}');
    expect(set('{"a"}', [0], "a", "1")).toBe('{"a": 1}');
    expect(set('{"a":\n}', [0], "a", "1")).toBe('{"a": 1\n}');
  });

  it("goes on behind what is left open", () => {
    expect(set('{"b": "x\n}', [0], "a", "1")).toBe('{"b": "x\n, "a": 1\n}');
    expect(set('{"b": [1}', [0], "a", "1")).toBe('{"b": [1], "a": 1}');
    expect(set("{", [0], "a", "1")).toBe('{\n  "a": 1\n');
  });

  it("leaves alone what is no object", () => {
    expect(set('{"b": "12a"}', [0, 0], "a", "1")).toBe('{"b": "12a"}');
  });
});

describe("removeMember()", () => {
  const remove = (text: string, at: number) => after(text, (document) => edit.removeMember(document, [0], at));

  it("takes one comma and the line with it", () => {
    expect(remove('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', 1)).toBe('{\n  "a": 1,\n  "c": 3\n}');
    expect(remove('{\n  "a": 1,\n  "b": 2\n}', 0)).toBe('{\n  "b": 2\n}');
    expect(remove('{\n  "a": 1,\n  "b": 2\n}', 1)).toBe('{\n  "a": 1\n}');
    expect(remove('{\n  "a": 1\n}', 0)).toBe("{}");
  });

  it("leaves what doesn't belong to the member", () => {
    expect(remove('{"a": 1, {"x": 2}, "b": 2}', 1)).toBe('{"a": 1, {"x": 2}, }');
    expect(remove('{"a": "x\n"b": 2}', 1)).toBe('{"a": "x\n}');
  });
});

describe("insertDocument()", () => {
  const insert = (text: string, at: number) => after(text, (document) => edit.insertDocument(document, at, "{}"));

  it("puts each document where the others are put", () => {
    expect(insert("", 0)).toBe("{}");
    expect(insert('{"a": 1}', 1)).toBe('{"a": 1}\n{}');
    expect(insert("1\n\n2", 0)).toBe("{}\n1\n\n2");
    expect(insert("{}{}", 1)).toBe("{}\n{}\n{}");
  });
});
