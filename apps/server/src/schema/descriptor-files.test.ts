import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { createDescriptorFiles, type DescriptorFiles, withImports } from "./descriptor-files.ts";

const files = createDescriptorFiles(
  toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, {
      file: [
        { name: "base.proto" },
        { name: "left.proto", dependency: ["base.proto"] },
        { name: "right.proto", dependency: ["base.proto", "missing.proto"] },
        {
          name: "top.proto",
          package: "a.b",
          dependency: ["left.proto", "right.proto"],
          service: [{ name: "S", method: [{ name: "M" }] }],
          messageType: [
            {
              name: "Outer",
              field: [{ name: "f" }],
              oneofDecl: [{ name: "choice" }],
              enumType: [{ name: "Inside", value: [{ name: "INSIDE_ZERO" }] }],
              nestedType: [{ name: "Nested", extension: [{ name: "deep", extendee: ".a.b.Outer", number: 7 }] }],
            },
          ],
          enumType: [{ name: "E", value: [{ name: "E_ZERO" }] }],
          extension: [{ name: "ext", extendee: ".a.b.Outer", number: 5 }],
        },
        { name: "none.proto", service: [{ name: "Bare" }], messageType: [{ name: "__proto__" }] },
      ],
    }),
  ),
);

function closure(name: string, sent = new Set<string>(), within: DescriptorFiles = files): string[] {
  const file = within.byName(name);
  return file === undefined ? [] : [...withImports(file, within, sent)].map((found) => found.name);
}

describe("createDescriptorFiles()", () => {
  test.each([
    "a.b.S",
    "a.b.S.M",
    "a.b.Outer",
    "a.b.Outer.f",
    "a.b.Outer.choice",
    "a.b.Outer.Inside",
    "a.b.Outer.INSIDE_ZERO",
    "a.b.Outer.Nested",
    "a.b.Outer.Nested.deep",
    "a.b.E",
    "a.b.E_ZERO",
    "a.b.ext",
  ])("finds %s", (symbol) => {
    expect(files.bySymbol(symbol)?.name).toBe("top.proto");
  });

  test("finds names without a package, and names that objects have", () => {
    expect(files.bySymbol("Bare")?.name).toBe("none.proto");
    expect(files.bySymbol("__proto__")?.name).toBe("none.proto");
    expect(files.bySymbol("constructor")).toBeUndefined();
  });

  test("finds extensions by the message and the number, wherever they are declared", () => {
    expect(files.byExtension("a.b.Outer", 7)?.name).toBe("top.proto");
    expect(files.byExtension("a.b.Outer", 6)).toBeUndefined();
    expect(files.extensionNumbers("a.b.Outer")).toEqual([5, 7]);
    expect(files.extensionNumbers("a.b.E")).toEqual([]);
  });

  test("keeps the bytes of a file as they were, unusual encodings too", () => {
    // The name as `x`, with its length in a varint of two bytes, and the package before it.
    const bytes = [0x12, 0x01, 0x70, 0x0a, 0x81, 0x00, 0x78];
    const file = createDescriptorFiles(new Uint8Array([0x0a, bytes.length, ...bytes])).byName("x");
    expect(file?.bytes).toEqual(new Uint8Array(bytes));
    expect(file?.bytes).not.toEqual(
      toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, { name: "x", package: "p" })),
    );
  });

  test("refuses bytes that are no message", () => {
    expect(() => createDescriptorFiles(new Uint8Array([0x0a, 0x7f, 0x00]))).toThrow();
  });
});

describe("withImports()", () => {
  test("yields the file and what it imports, each once, without what is missing", () => {
    expect(closure("top.proto")).toEqual(["top.proto", "left.proto", "right.proto", "base.proto"]);
  });

  test("leaves out what was sent, but for the file itself, and reaches through it", () => {
    expect(closure("top.proto", new Set(["top.proto", "left.proto"]))).toEqual([
      "top.proto",
      "right.proto",
      "base.proto",
    ]);
  });

  test("ends where files import each other", () => {
    const cycle = createDescriptorFiles(
      toBinary(
        FileDescriptorSetSchema,
        create(FileDescriptorSetSchema, {
          file: [
            { name: "a", dependency: ["b"] },
            { name: "b", dependency: ["a"] },
          ],
        }),
      ),
    );
    expect(closure("a", new Set(), cycle)).toEqual(["a", "b"]);
  });
});
