import { describe, expect, test } from "vitest";
import { decodeWire } from "./decode-wire.ts";
import { firstOpen, partMove, partRows } from "./tree-rows.ts";

// 1: { 1: { 1: 5 } }, 2: 7
const root = decodeWire(Uint8Array.fromHex("0a040a0208051007"), undefined);
const all = partRows(root, firstOpen(root));
const folded = partRows(root, new Set());

describe("partRows()", () => {
  test("has the parts of open nodes below them", () => {
    expect(
      all.map(({ node, level, position, siblings, isOpen }) => [node.from, level, position, siblings, isOpen]),
    ).toEqual([
      [0, 1, 1, 2, true],
      [2, 2, 1, 1, true],
      [4, 3, 1, 1, undefined],
      [6, 1, 2, 2, undefined],
    ]);
    expect(folded.map(({ node }) => node.from)).toEqual([0, 6]);
  });
});

test("firstOpen() opens no more than fits", () => {
  expect(partRows(root, firstOpen(root, 3)).length).toBe(3);
});

describe("partMove()", () => {
  test.each([
    ["ArrowDown", 0, "select", 2],
    ["ArrowUp", 0, "select", 0],
    ["End", 0, "select", 6],
    ["Home", 3, "select", 0],
    ["ArrowRight", 0, "select", 2],
    ["ArrowLeft", 2, "select", 2],
    ["ArrowLeft", 1, "close", 2],
    ["Enter", 1, "close", 2],
  ])("%s at row %i does %s at byte %i", (key, at, kind, from) => {
    const move = partMove(all, at, key);
    expect([move?.kind, move?.node.from]).toEqual([kind, from]);
  });

  test("opens a closed node first", () => {
    expect(partMove(folded, 0, "ArrowRight")?.kind).toBe("open");
    expect(partMove(folded, 1, "ArrowRight")).toBeUndefined();
  });
});
