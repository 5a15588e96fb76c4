import { expect, test } from "vitest";
import { listNode, objectNode } from "../testing/view-nodes.ts";
import type { ViewNode } from "../view-node.ts";
import { findInMessage } from "./find-in-message.ts";
import type { NodePlace } from "./json-line.ts";
import { searchPattern } from "./search-pattern.ts";

const text = (value: string): ViewNode => ({ kind: "string", value });

function find(root: ViewNode, what: string, most = 100): NodePlace[] {
  const places: NodePlace[] = [];
  const pattern = searchPattern(what) ?? /$^/;
  for (const _ of findInMessage(root, pattern, (place) => places.push(place) < most)) {
    // Step by step to the end.
  }
  return places;
}

test("findInMessage() looks in names and values, in order", () => {
  const root = objectNode([
    ["title", text("one")],
    ["items", listNode([text("Title"), objectNode([["subtitle", { kind: "number", text: '"9007199254740993"' }]])])],
    ["level", { kind: "enum", name: "LEVEL_TITLE", number: 7 }],
  ]);
  expect(find(root, "title")).toEqual([[0], [1, 0], [1, 1, 0], [2]]);
  expect(find(root, "900719925474099")).toEqual([[1, 1, 0]]);
  expect(find(root, "7")).toEqual([[1, 1, 0], [2]]);
  expect(find(root, "title", 2)).toHaveLength(2);
  expect(find(text("alone"), "ALONE")).toEqual([[]]);
});
