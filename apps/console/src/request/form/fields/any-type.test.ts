import { createRegistry } from "@bufbuild/protobuf";
import {
  AnySchema,
  DurationSchema,
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../../document/parse-document.ts";
import { findAnyType, searchTypes, shownTypeUrl, typeUrlOf, writeTypeUrl } from "./any-type.ts";

const registry = createRegistry(
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
  AnySchema,
);

describe("shownTypeUrl()", () => {
  it("is read back as the same URL, whatever that is", () => {
    const urls = fc.oneof(
      fc.string(),
      fc.string().map((name) => `type.googleapis.com/${name}`),
    );
    fc.assert(
      fc.property(urls, (url) => {
        fc.pre(url.includes("/"));
        expect(writeTypeUrl(shownTypeUrl(url))).toBe(url);
      }),
    );
  });

  it("leaves out only the usual prefix", () => {
    expect(shownTypeUrl("type.googleapis.com/a.B")).toBe("a.B");
    expect(shownTypeUrl("example.com/a.B")).toBe("example.com/a.B");
  });
});

describe("typeUrlOf()", () => {
  const read = (text: string) => typeUrlOf(parseDocument(text).values[0]?.tree);

  it("finds the URL wherever it stands, and nothing else", () => {
    expect(read('{"a": 1, "@type": "x/y"}')).toBe("x/y");
    expect(read('{"@type": 1}')).toBeUndefined();
    expect(read("{}")).toBeUndefined();
    expect(read('"@type"')).toBeUndefined();
  });
});

describe("findAnyType()", () => {
  it("takes what is behind the last slash for the type's name", () => {
    expect(findAnyType("example.com/any/google.protobuf.Duration", registry)).toBe(DurationSchema);
    expect(findAnyType("google.protobuf.Duration", registry)).toBeUndefined();
    expect(findAnyType("example.com/constructor", registry)).toBeUndefined();
  });
});

describe("searchTypes()", () => {
  const names = (query: string) => searchTypes(registry, query).map(({ name }) => name);

  it("lists all types by their names where nothing is typed", () => {
    expect(names("").slice(0, 3)).toEqual(["Any", "BoolValue", "BytesValue"]);
  });

  it("finds parts of names, the beginnings of a type's own name first", () => {
    expect(names("int32")).toEqual(["Int32Value", "UInt32Value"]);
    expect(names("google Int64Value")).toEqual(["Int64Value", "UInt64Value"]);
    expect(names("nothing")).toEqual([]);
  });
});
