import { describe, expect, it } from "vitest";
import { findNode } from "./find-node.ts";
import { parseDocument } from "./parse-document.ts";

const text = '{"a": 1}\n[2, {"b": [3, 4]}]';

describe("findNode()", () => {
  it("answers a node and where it begins in the text", () => {
    const found = findNode(parseDocument(text), [1, 1, 0, 1]);
    expect(found).toMatchObject({ tree: { literal: "4" }, from: text.indexOf("4") });
    expect(findNode(parseDocument(text), [0])?.from).toBe(0);
  });

  it("answers undefined where there is none", () => {
    for (const path of [[], [2], [0, 1], [0, 0, 0], [1, -1]]) {
      expect(findNode(parseDocument(text), path)).toBeUndefined();
    }
  });
});
