import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import {
  fileNames,
  load,
  messageField,
  problemOf,
  serviceInit,
  sourceOf,
  stringField,
} from "../testing/schema-fixtures.ts";
import { buildSchema } from "./build-schema.ts";

const message = (...names: string[]) => names.map((name) => ({ name }));

describe("buildSchema() of several sources", () => {
  test("takes a symbol from the first source that has it", () => {
    const first = sourceOf([{ name: "a.proto", messageType: [{ name: "A", field: [stringField("old", 1)] }] }]);
    const second = sourceOf(
      [{ name: "b.proto", messageType: [{ name: "A", field: [stringField("new", 1)] }, { name: "B" }] }],
      { id: "b", label: "folder" },
    );
    const built = load(buildSchema([first, second]));
    expect(built.registry.getMessage("A")?.fields.map(({ name }) => name)).toEqual(["old"]);
    expect(built.registry.getMessage("B")).toBeDefined();
    expect([...built.sourceIdByFile]).toEqual([
      ["a.proto", "a"],
      ["b.proto", "b"],
    ]);
    expect(built.sources[1]?.notes).toEqual([
      '1 symbol of "b.proto": declared otherwise by an earlier file of "a", and left out here',
    ]);
  });

  test("changes with the order of the sources", () => {
    const first = sourceOf([{ name: "a.proto", messageType: [{ name: "A", field: [stringField("old", 1)] }] }]);
    const second = sourceOf([{ name: "a.proto", messageType: [{ name: "A", field: [stringField("new", 1)] }] }], {
      id: "b",
    });
    expect(buildSchema([first, second]).revision).not.toBe(buildSchema([second, first]).revision);
  });

  test("takes a file once that two sources have, with the comments of whichever has them", () => {
    const file = { name: "a.proto", messageType: message("A") };
    const commented = {
      ...file,
      name: "proto/a.proto",
      sourceCodeInfo: { location: [{ path: [4, 0], span: [1, 1, 1], leadingComments: " About A." }] },
    };
    const built = load(buildSchema([sourceOf([file]), sourceOf([commented], { id: "b" })]));
    expect(fileNames(built)).toEqual(["a.proto"]);
    expect(built.sources.map(({ notes, fileCount }) => [notes, fileCount])).toEqual([
      [[], 1],
      [[], 1],
    ]);
    const [only] = fromBinary(FileDescriptorSetSchema, built.descriptors).file;
    expect(only?.sourceCodeInfo?.location[0]?.leadingComments).toBe(" About A.");
  });

  test("keeps a file of a taken name under another, for those of its own source", () => {
    const first = sourceOf([{ name: "types.proto", package: "one", messageType: message("A") }]);
    const second = sourceOf(
      [
        { name: "types.proto", package: "two", messageType: message("B") },
        { name: "s.proto", dependency: ["types.proto"], service: [serviceInit("S", ".two.B")] },
      ],
      { id: "b" },
    );
    const built = load(buildSchema([first, second]));
    expect(fileNames(built)).toEqual(["types.proto", "types~2.proto", "s.proto"]);
    expect(built.registry.getFile("s.proto")?.dependencies.map(({ proto }) => proto.name)).toEqual(["types~2.proto"]);
    expect(problemOf(built, "S")).toBe("");
  });

  test("keeps both of two files of one name that one reading brought", () => {
    const built = load(
      buildSchema([
        sourceOf([
          { name: "a.proto", messageType: message("A", "B") },
          { name: "a.proto", messageType: message("A", "C") },
        ]),
      ]),
    );
    expect(fileNames(built)).toEqual(["a.proto", "a~2.proto"]);
    expect(["A", "B", "C"].map((name) => built.registry.getMessage(name)?.file.proto.name)).toEqual([
      "a.proto",
      "a.proto",
      "a~2.proto",
    ]);
  });

  test("moves comments along where symbols before theirs are left out", () => {
    const first = sourceOf([{ name: "a.proto", messageType: message("A") }]);
    const location = [
      { path: [4, 1, 2, 0], span: [1, 1, 1], leadingComments: " About f." },
      { path: [4, 0], span: [1, 1, 1], leadingComments: " About A." },
    ];
    const rest = { name: "B", field: [messageField("f", 1, ".A")] };
    const second = sourceOf(
      [
        {
          name: "b.proto",
          messageType: [{ name: "A", field: [stringField("x", 1)] }, rest],
          sourceCodeInfo: { location },
        },
      ],
      { id: "b" },
    );
    const { file } = fromBinary(FileDescriptorSetSchema, buildSchema([first, second]).descriptors);
    expect(file[1]?.sourceCodeInfo?.location).toMatchObject([{ path: [4, 0, 2, 0], leadingComments: " About f." }]);
  });

  test("tells which source a service comes from", () => {
    const listing = sourceOf([], { id: "reflection", listed: ["S"] });
    const files = sourceOf([{ name: "s.proto", messageType: message("M"), service: [serviceInit("S", ".M")] }], {
      id: "files",
    });
    expect(buildSchema([listing, files]).services).toEqual([{ name: "S", sourceId: "files", problem: "" }]);
  });
});
