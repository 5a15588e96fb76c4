import { FieldDescriptorProto_TypeSchema, FieldOptions_CTypeSchema, NullValueSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEnum, searchEnum, writeEnum } from "./enum-choices.ts";
import { treeOf } from "./testing/tree-of.ts";

const type = FieldDescriptorProto_TypeSchema;

describe("writeEnum()", () => {
  it("keeps whatever is typed, as a number or a string of it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer().map(String), fc.string({ unit: "binary" })), (typed) => {
        const content = readEnum(type, treeOf(writeEnum(typed)));
        expect(content && "typed" in content ? content.typed : undefined).toBe(typed.trim());
      }),
    );
  });

  it.each([
    ["TYPE_INT64", '"TYPE_INT64"'],
    ["7", "7"],
    ["-1", "-1"],
    ["2147483648", '"2147483648"'],
    ["07", '"07"'],
    ["TYPE_", '"TYPE_"'],
  ])("writes %s as %s", (typed, json) => {
    expect(writeEnum(typed)).toBe(json);
  });
});

describe("readEnum()", () => {
  it("knows values by name and by number", () => {
    expect(readEnum(type, treeOf('"TYPE_INT64"'))).toMatchObject({ kind: "known", value: { number: 3 } });
    expect(readEnum(type, treeOf("3"))).toMatchObject({ kind: "known", typed: "3", value: { name: "TYPE_INT64" } });
    expect(readEnum(NullValueSchema, treeOf("0"))).toMatchObject({ kind: "known" });
  });

  it("keeps numbers that the enum doesn't have", () => {
    expect(readEnum(type, treeOf("4711"))).toEqual({ kind: "unknownNumber", typed: "4711" });
    expect(readEnum(type, treeOf("1e99"))).toEqual({ kind: "half", typed: "1e99" });
  });

  it("finds no value in the names that every object has", () => {
    expect(readEnum(type, treeOf('"constructor"'))).toEqual({ kind: "half", typed: "constructor" });
    expect(readEnum(type, treeOf('"__proto__"'))).toMatchObject({ kind: "half" });
  });

  it("has nothing to say of other kinds", () => {
    expect(readEnum(type, treeOf("true"))).toBeUndefined();
    expect(readEnum(type, undefined)).toEqual({ kind: "absent" });
  });
});

describe("searchEnum()", () => {
  const names = (query: string) => searchEnum(type, query, () => undefined).map(({ name }) => name);

  it("offers all in their own order where nothing is typed", () => {
    expect(names(" ")).toEqual(type.values.map(({ name }) => name));
  });

  it("ranks numbers and whole names above beginnings of words, and those above the rest", () => {
    expect(names("3")[0]).toBe("TYPE_INT64");
    expect(names("int32")).toEqual(["TYPE_INT32", "TYPE_UINT32", "TYPE_SINT32"]);
    expect(names("type_bytes")).toEqual(["TYPE_BYTES"]);
  });

  it("finds values by their comments", () => {
    const found = searchEnum(FieldOptions_CTypeSchema, "legacy", ({ name }) =>
      name === "CORD" ? "A legacy." : undefined,
    );
    expect(found.map(({ name }) => name)).toEqual(["CORD"]);
  });
});
