import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertJson, jsonKind, jsonKinds } from "./json-kind.ts";
import { treeOf } from "./testing/tree-of.ts";

describe("convertJson()", () => {
  it("makes a value of the kind that is asked for, whatever it was", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...jsonKinds), (text, kind) => {
        expect(jsonKind(treeOf(convertJson(treeOf(text), text, kind)))).toBe(kind);
      }),
    );
  });

  it("leaves a value of its own kind as it stands", () => {
    expect(convertJson(treeOf("1.50"), "1.50", "number")).toBe("1.50");
  });

  it.each([
    ['"12.50"', "number", "12.50"],
    ["12.50", "string", '"12.50"'],
    ['"true"', "bool", "true"],
    ["true", "string", '"true"'],
    ['{"a": 1}', "list", '[{"a": 1}]'],
    ["null", "list", "[]"],
    ["null", "string", '""'],
  ] as const)("turns %s into a %s as %s", (text, kind, json) => {
    expect(convertJson(treeOf(text), text, kind)).toBe(json);
  });

  it("begins an absent value", () => {
    expect(jsonKinds.map((kind) => convertJson(undefined, "", kind))).toEqual(["null", "false", "0", '""', "{}", "[]"]);
  });
});
