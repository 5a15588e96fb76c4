import { describe, expect, test } from "vitest";
import { serviceGroups } from "../schema/service-catalog.ts";
import { treeMove, typeAheadRow } from "./tree-keys.ts";
import { treeGroups } from "./tree-rows.ts";

const rows = treeGroups(serviceGroups, { query: "", folded: ["Authorize"] }).flatMap((group) => group.rows);

describe("treeMove()", () => {
  test.each([
    ["Greeter", "ArrowDown", { kind: "focus", id: "Greeter/SayHello" }],
    ["Greeter", "ArrowUp", undefined],
    ["Greeter", "ArrowRight", { kind: "focus", id: "Greeter/SayHello" }],
    ["Greeter", "ArrowLeft", { kind: "fold", id: "Greeter" }],
    ["Authorize", "ArrowRight", { kind: "unfold", id: "Authorize" }],
    ["Authorize", "ArrowLeft", undefined],
    ["Greeter/Test", "ArrowLeft", { kind: "focus", id: "Greeter" }],
    ["Greeter/Test", "ArrowRight", undefined],
    ["Greeter/Test", "Home", { kind: "focus", id: "Greeter" }],
    ["Greeter/Test", "Enter", { kind: "activate", id: "Greeter/Test" }],
    [undefined, "ArrowDown", { kind: "focus", id: "Greeter/SayHello" }],
    ["Greeter", "x", undefined],
  ])("from %s, %s gives %j", (focusedId, key, move) => {
    expect(treeMove(rows, focusedId, key)).toEqual(move);
  });

  test("does nothing in an empty tree", () => {
    expect(treeMove([], undefined, "ArrowDown")).toBeUndefined();
  });
});

describe("typeAheadRow()", () => {
  test("goes on to the next row with the letter, round the end", () => {
    expect(typeAheadRow(rows, "Greeter/SayHello", "t")).toBe("Greeter/Test");
    expect(typeAheadRow(rows, rows.at(-1)?.id, "g")).toBe("Greeter");
  });

  test("stays while more letters fit", () => {
    expect(typeAheadRow(rows, "Greeter/Test", "te")).toBe("Greeter/Test");
  });
});

describe("treeGroups()", () => {
  test("shows what a query finds, in folded services too", () => {
    const found = treeGroups(serviceGroups, { query: "gpu", folded: ["Authorize"] });
    expect(found.flatMap((group) => group.rows.map(({ id }) => id))).toEqual(["Authorize", "Authorize/GetGpuNum"]);
  });

  test("keeps broken services behind the others, and finds them too", () => {
    const broken = [{ name: "a.Broken", problem: "no symbol" }];
    const groups = [{ key: "services", services: serviceGroups[0]?.services ?? [], broken }] as const;
    const ids = (query: string, shownBroken?: string) =>
      treeGroups(groups, { query, folded: [], shownBroken }).flatMap((group) => group.rows);
    expect(ids("").at(-1)).toMatchObject({ kind: "broken", id: "!a.Broken", isOpen: false });
    expect(ids("broken", "!a.Broken")).toMatchObject([{ kind: "broken", isOpen: true }]);
    expect(treeMove(ids(""), "!a.Broken", "ArrowRight")).toEqual({ kind: "unfold", id: "!a.Broken" });
    expect(treeMove(ids("", "!a.Broken"), "!a.Broken", "ArrowLeft")).toEqual({ kind: "fold", id: "!a.Broken" });
  });

  test("is empty where nothing is found", () => {
    expect(treeGroups(serviceGroups, { query: "zzz", folded: [] })).toEqual([]);
  });
});
