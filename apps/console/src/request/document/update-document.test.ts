import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits } from "./apply-edits.ts";
import { findNode } from "./find-node.ts";
import type { JsonDocument } from "./json-document.ts";
import { parseDocument } from "./parse-document.ts";
import { jsonLike, laidOutJson } from "./testing/arbitrary-text.ts";
import { updateDocument } from "./update-document.ts";

const pieces = fc.oneof(
  fc.constantFrom(
    ...'{}[]:,"\\ \n1x',
    '"a"',
    '"b": 1',
    "{}",
    "[1]",
    ",",
    "",
    '{"a": [1, {"b": 2}]}',
    "nope",
    ', "x": 2',
  ),
  jsonLike,
);

/** A text and its successors, each made by one random edit. */
const histories = fc
  .tuple(
    fc.oneof(
      jsonLike,
      laidOutJson,
      fc.array(laidOutJson, { maxLength: 3 }).map((texts) => texts.join("\n")),
    ),
    fc.array(fc.tuple(fc.nat(), fc.nat(4), pieces), { minLength: 1, maxLength: 8 }),
  )
  .map(([text, edits]) => {
    const texts = [text];
    for (const [place, length, insert] of edits) {
      const before = texts.at(-1) ?? "";
      const from = place % (before.length + 1);
      texts.push(applyEdits(before, [{ from, to: Math.min(before.length, from + length), insert }]));
    }
    return texts;
  });

function edited(text: string, from: string, to: string): [before: JsonDocument, after: JsonDocument] {
  const before = parseDocument(text);
  return [before, updateDocument(before, text.replace(from, to))];
}

describe("updateDocument()", () => {
  it("makes of every edit what parsing makes of the new text", () => {
    fc.assert(
      fc.property(histories, ([first = "", ...texts]) => {
        let document = parseDocument(first);
        for (const text of texts) {
          document = updateDocument(document, text);
          expect(document).toEqual(parseDocument(text));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("answers the same document for the same text", () => {
    const document = parseDocument("[1]");
    expect(updateDocument(document, "[1]")).toBe(document);
  });

  it("takes over what the change doesn't touch", () => {
    const [before, after] = edited('{"a": [1, {"b": 2}, "c"], "d": {"e": "f"}}', "2", "23");
    for (const path of [
      [0, 0, 0],
      [0, 0, 2],
      [0, 1],
    ]) {
      expect(findNode(after, path)?.tree).toBe(findNode(before, path)?.tree);
    }
    expect(findNode(after, [0, 0, 1, 0])?.tree).not.toBe(findNode(before, [0, 0, 1, 0])?.tree);
  });

  it("takes over the siblings of what is put in, taken out and left half-typed", () => {
    const text = '[{"a": 1}, {"b": 2}, {"c": 3}]';
    for (const to of ['{"b": 2}, 1', '{"b"', '{"b": "2}', "", "1"]) {
      const [before, after] = edited(text, '{"b": 2}', to);
      expect(findNode(after, [0, 0])?.tree).toBe(findNode(before, [0, 0])?.tree);
    }
    const [before, after] = edited(text, '{"b": 2}', '{"b": 2}, 1');
    expect(findNode(after, [0, 3])?.tree).toBe(findNode(before, [0, 2])?.tree);
  });

  it("takes over a value whose name changes", () => {
    for (const [from, to] of [
      ['"a"', '"ab"'],
      ['"a"', '"a'],
      ['"a": ', '"a":   '],
      ['"a"', "a"],
    ] as const) {
      const [before, after] = edited('{"z": 1, "a": [1, 2], "b": {}}', from, to);
      const found = findNode(after, [0, 1])?.tree;
      expect(to === '"a' || found === findNode(before, [0, 1])?.tree).toBe(true);
      expect(after).toEqual(parseDocument(after.text));
    }
  });

  it("takes over the other documents of a text", () => {
    const [before, after] = edited('{"a": 1}\n{"b": 2}\n{"c": 3}', "2", "2, ");
    expect([0, 2].map((at) => after.values[at]?.tree)).toEqual([0, 2].map((at) => before.values[at]?.tree));
    expect(after.values[0]?.tree).toBe(before.values[0]?.tree);
    expect(after.values[2]?.tree).toBe(before.values[2]?.tree);
  });

  it("tells faults again that were too many to be kept", () => {
    const text = `[${'"a" '.repeat(300)}]`;
    const before = parseDocument(text);
    const fewer = `[${'"a" '.repeat(50)}${'"a",'.repeat(200)}"a" "b"]`;
    expect(updateDocument(before, fewer)).toEqual(parseDocument(fewer));
  });
});
