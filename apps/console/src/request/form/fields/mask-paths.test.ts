import { fromJson } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  FieldMaskSchema,
  FileOptionsSchema,
  file_google_protobuf_descriptor,
} from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  completeMaskPath,
  hasJsonPath,
  isKnownPath,
  maskRoots,
  splitMask,
  toJsonPath,
  toProtoPath,
} from "./mask-paths.ts";

describe("toJsonPath()", () => {
  it("is what the library reads as the path, where the JSON form can hold it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_.]{0,20}$/), (path) => {
        fc.pre(hasJsonPath(path));
        expect(fromJson(FieldMaskSchema, toJsonPath(path)).paths).toEqual([path]);
        expect(toProtoPath(toJsonPath(path))).toBe(path);
      }),
    );
  });

  it("writes every field of a schema that has a JSON form", () => {
    for (const { fields } of file_google_protobuf_descriptor.messages) {
      for (const { name } of fields) {
        expect([name, hasJsonPath(name)]).toEqual([name, true]);
      }
    }
  });

  it("tells the paths that the JSON form can't hold", () => {
    expect(hasJsonPath("line_1")).toBe(false);
    expect(hasJsonPath("Name")).toBe(false);
    expect(hasJsonPath("postal_code.part")).toBe(true);
  });
});

describe("splitMask()", () => {
  it("keeps what stands between commas, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(splitMask(text).join(",")).toBe(text);
      }),
    );
  });
});

describe("completeMaskPath()", () => {
  const paths = (typed: string) => completeMaskPath(DescriptorProtoSchema, typed).map(({ path }) => path);

  it("begins with the message's own fields, in their order", () => {
    expect(paths("")[0]).toBe("name");
    expect(paths("").length).toBe(DescriptorProtoSchema.fields.length);
  });

  it("finds fields by any part of their names, their beginnings first", () => {
    expect(paths("name")).toEqual(["name", "reserved_name"]);
    expect(paths("ext")).toEqual(["extension", "extension_range"]);
  });

  it("goes on within messages, also from the JSON form", () => {
    expect(paths("options.map")).toEqual(["options.map_entry"]);
    expect(paths("options.mapE")).toEqual(["options.map_entry"]);
  });

  it("goes no further within lists, nor within what there isn't", () => {
    expect(paths("field.")).toEqual([]);
    expect(paths("nothing.")).toEqual([]);
    expect(paths("__proto__.")).toEqual([]);
  });
});

describe("isKnownPath()", () => {
  it("knows nested fields alone by their whole names", () => {
    expect(isKnownPath([DescriptorProtoSchema], "options.map_entry")).toBe(true);
    expect(isKnownPath([DescriptorProtoSchema], "options.map")).toBe(false);
  });
});

describe("maskRoots()", () => {
  it("ends with the message itself", () => {
    expect(maskRoots(FileOptionsSchema)).toEqual([FileOptionsSchema]);
  });
});
