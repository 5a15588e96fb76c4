import { createFileRegistry, type DescMessage, fromBinary, fromJson, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../../schema/testing/testing-schema.ts";
import { arbitraryMessage } from "../../json/testing/arbitrary-message.ts";
import { compileRichSchema } from "../../json/testing/rich-schema.ts";
import { writeJson } from "../../json/write-json.ts";
import { textToBinary } from "./text-to-binary.ts";
import { writeTextFormat } from "./write-text-format.ts";

const { registry, rich } = compileRichSchema();

const legacyFile = fromJson(FileDescriptorProtoSchema, {
  name: "legacy.proto",
  package: "legacy",
  messageType: [
    {
      name: "Legacy",
      field: [
        {
          name: "mygroup",
          jsonName: "mygroup",
          number: 1,
          label: "LABEL_OPTIONAL",
          type: "TYPE_GROUP",
          typeName: ".legacy.Legacy.MyGroup",
        },
        { name: "__proto__", jsonName: "__proto__", number: 2, label: "LABEL_OPTIONAL", type: "TYPE_INT32" },
        {
          name: "kind",
          jsonName: "kind",
          number: 3,
          label: "LABEL_OPTIONAL",
          type: "TYPE_ENUM",
          typeName: ".legacy.Kind",
        },
      ],
      nestedType: [
        {
          name: "MyGroup",
          field: [{ name: "size", jsonName: "size", number: 1, label: "LABEL_REPEATED", type: "TYPE_INT32" }],
        },
      ],
      extensionRange: [{ start: 100, end: 200 }],
    },
  ],
  enumType: [{ name: "Kind", value: [{ name: "KIND_A", number: 1 }] }],
  extension: [
    { name: "note", extendee: ".legacy.Legacy", number: 100, label: "LABEL_OPTIONAL", type: "TYPE_STRING" },
    { name: "marks", extendee: ".legacy.Legacy", number: 101, label: "LABEL_REPEATED", type: "TYPE_SINT64" },
  ],
});
const legacyTypes = createFileRegistry(legacyFile, () => undefined);
const legacy = legacyTypes.getMessage("legacy.Legacy") as DescMessage;

/** Reads text without a fault, and answers it as JSON. */
function read(text: string, desc = rich, types = registry): unknown {
  const { bytes, faults, isWhole } = textToBinary(text, desc, { registry: types });
  expect(faults).toEqual([]);
  expect(isWhole).toBe(true);
  return JSON.parse(writeJson(desc, fromBinary(desc, bytes), { registry: types }));
}

/** Each fault as its kind and the text that it marks. */
function faultsOf(text: string, desc = rich): string[] {
  return textToBinary(text, desc, { registry }).faults.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);
}

const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));

describe("writeTextFormat() and textToBinary()", () => {
  it("bring every message of a rich schema back as it was", () => {
    fc.assert(
      fc.property(arbitraryMessage(rich, registry), (message) => {
        const text = writeTextFormat(rich, toBinary(rich, message), { registry });
        const { bytes, faults, isWhole } = textToBinary(text, rich, { registry });
        expect(faults).toEqual([]);
        expect(isWhole).toBe(true);
        expect(fromBinary(rich, bytes)).toEqual(fromBinary(rich, toBinary(rich, message)));
      }),
      { numRuns: 200 },
    );
  });

  const testing = readTestingSchema();
  const files = [...testing.registry.files].filter(({ name }) => name.startsWith("switchboard/testing/"));
  const every = files.flatMap(({ messages }) => messages).map((desc) => [desc.typeName, desc] as const);

  it.each(every)("bring every %s back as it was", (_, desc) => {
    fc.assert(
      fc.property(arbitraryMessage(desc, testing.registry, 2), (message) => {
        let bytes: Uint8Array;
        try {
          bytes = toBinary(desc, message);
        } catch {
          // Something that is required is missing, and such a message has no bytes.
          return;
        }
        const text = writeTextFormat(desc, bytes, testing);
        const read = textToBinary(text, desc, testing);
        expect(read.faults).toEqual([]);
        expect(fromBinary(desc, read.bytes)).toEqual(fromBinary(desc, bytes));
      }),
      { numRuns: 20 },
    );
  });

  it("bring descriptors back as they were", () => {
    const bytes = toBinary(FileDescriptorProtoSchema, rich.file.proto);
    const text = writeTextFormat(FileDescriptorProtoSchema, bytes, { registry });
    const read = textToBinary(text, FileDescriptorProtoSchema, { registry });
    expect(read.faults).toEqual([]);
    expect(fromBinary(FileDescriptorProtoSchema, read.bytes)).toEqual(rich.file.proto);
  });

  it("bring groups, extensions and names like __proto__ back", () => {
    const text = 'MyGroup {\n  size: 1\n  size: 2\n}\n__proto__: 3\n[legacy.note]: "x"\n[legacy.marks]: -1';
    const { bytes, faults } = textToBinary(text, legacy, { registry: legacyTypes });
    expect(faults).toEqual([]);
    expect(writeTextFormat(legacy, bytes, { registry: legacyTypes })).toBe(text);
  });
});

describe("writeTextFormat()", () => {
  it("writes an Any of a known type as that type, and fields that the type lacks by number", () => {
    const json = { any: { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1.5s" } };
    const bytes = toBinary(rich, fromJson(rich, json, { registry }));
    expect(writeTextFormat(rich, Uint8Array.of(...bytes, 0xa0, 0x3e, 5, 0xaa, 0x3e, 2, 1, 65), { registry })).toBe(
      'any {\n  [type.googleapis.com/google.protobuf.Duration] {\n    seconds: 1\n    nanos: 500000000\n  }\n}\n996: 5\n997: "\\001A"',
    );
  });

  it("reads as text or throws for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let text = "";
        try {
          text = writeTextFormat(rich, bytes, { registry });
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(textToBinary(text, rich, { registry }).isWhole).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("textToBinary()", () => {
  it("reads strings with escapes, in either quotes, and joins those that follow each other", () => {
    expect(read(String.raw`string_field: "a\n\t\"\x41\101" 'b\'\u00e9' "\U0001F600\ud83d\ude00"`)).toEqual({
      stringField: "a\n\t\"AAb'é😀😀",
    });
    expect(read(String.raw`bytes_field: "\xff\000" '\377'`)).toEqual({ bytesField: "/wD/" });
  });

  it("reads numbers in every notation", () => {
    const text = "int32_field: -0x10 int64_field: 0777 uint64_field: 18446744073709551615 float_field: 1.5f";
    expect(read(`${text} double_field: -inf by_sint64 { key: - 1 value: nan }`)).toEqual({
      int32Field: -16,
      int64Field: "511",
      uint64Field: "18446744073709551615",
      floatField: 1.5,
      doubleField: "-Infinity",
      bySint64: { "-1": "NaN" },
    });
    expect(read("double_field: -0.0")).toEqual({ doubleField: -0 });
    expect(read("double_field: .5 float_field: 10f")).toEqual({ doubleField: 0.5, floatField: 10 });
  });

  it("reads booleans and enum values by name and by number", () => {
    expect(read("bool_field: True color: COLOR_RED tint: 2")).toEqual({
      boolField: true,
      color: "COLOR_RED",
      tint: "COLOR_BLUE",
    });
    expect(read("bool_field: t color: 77")).toEqual({ boolField: true, color: 77 });
    expect(read("bool_field: 1")).toEqual({ boolField: true });
  });

  it("reads messages in both brackets, lists, maps, separators and comments", () => {
    const text = `# a comment
      child: < string_field: "a"; maybe: 0, > children { } children: [{ maybe: 1 }, < >]
      longs: [1, 2] longs: 3 colors: [] by_name { key: "k" value { maybe: 2 } } # the end`;
    expect(read(text)).toEqual({
      child: { stringField: "a", maybe: 0 },
      children: [{}, { maybe: 1 }, {}],
      longs: ["1", "2", "3"],
      byName: { k: { maybe: 2 } },
    });
  });

  it("reads an Any of a known type, well-known types, extensions and groups", () => {
    expect(read("any { [type.googleapis.com/google.protobuf.Duration] { seconds: 1 } } at { seconds: 1 }")).toEqual({
      any: { "@type": "type.googleapis.com/google.protobuf.Duration", value: "1s" },
      at: "1970-01-01T00:00:01Z",
    });
    expect(read('mygroup { size: 1 } [legacy.note]: "x"', legacy, legacyTypes)).toEqual({
      mygroup: { size: [1] },
      "[legacy.note]": "x",
    });
  });

  it.each([
    ["string_field", "expected "],
    ["string_field: ", "expectedValue "],
    ['string_field: "a', 'unclosedString "a'],
    [String.raw`string_field: "\q"`, String.raw`badEscape \q`],
    [String.raw`string_field: "\ud800"`, String.raw`badEscape \ud800`],
    ["child { maybe: 1", "expectedField "],
    ["child { maybe: 1 >", "expectedField >"],
    ["longs: [1 2]", "expected 2"],
    ["longs: [1,]", "expectedValue ]"],
    ["int32_field: 08", "badNumber 08"],
    ["int32_field: 1x", "badNumber 1"],
    ["int32_field: §", "badCharacter §"],
    ["int32_field: 1 }", "expectedField }"],
    ["strin_field: 1", "unknownField strin_field"],
    ["5: 1", "unknownNumber 5"],
    ["[a.b]: 1", "unknownExtension [a.b]"],
    ["any { [a/b.c] {} }", "unknownType [a/b.c]"],
    ["color: COLOUR_RED", "unknownEnumValue COLOUR_RED"],
    ["int32_field: 2147483648", "outOfRange 2147483648"],
    ["float_field: 1e39", "outOfRange 1e39"],
    ["double_field: 0x10", "wrongType 0x10"],
    ["int32_field: 1.5", "wrongType 1.5"],
    ["bool_field: 2", "wrongType 2"],
    ["bool_field: TRUE", "wrongType TRUE"],
    ['child: "x"', 'wrongType "x"'],
    ["string_field { }", "wrongType { }"],
    [String.raw`string_field: "\377"`, String.raw`notUtf8 "\377"`],
    ["maybe: 1 maybe: 2", "duplicateField maybe"],
    ['text: "" number: 1', "oneofConflict number"],
    ["by_int32 { key: 1 key: 2 }", "duplicateField key"],
  ])("places the fault in %s", (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it("keeps what it understands beside a field that it doesn't", () => {
    const { bytes, understood } = textToBinary("nothing_of_that: 1 maybe: 2", rich, { registry });
    expect(JSON.parse(writeJson(rich, fromBinary(rich, bytes), { registry }))).toEqual({ maybe: 2 });
    expect(understood).toBe(1);
  });

  it("reads no deeper than 100 messages", () => {
    expect(faultsOf("child { ".repeat(5_000))).toEqual(["tooDeep {"]);
  });

  it("never throws for any text", () => {
    const parts = fc.constantFrom(
      ..."{}<>[]:,;-\"'\\#\n",
      "child",
      "any",
      "maybe",
      "0x",
      "1",
      "1.5f",
      "[a/b]",
      "__proto__",
    );
    const textLike = fc.array(parts, { maxLength: 30 }).map((list) => list.join(" "));
    fc.assert(
      fc.property(fc.oneof(textLike, fc.string({ unit: anyCharacter })), (text) => {
        const { bytes, faults, isWhole } = textToBinary(text, rich, { registry });
        expect(isWhole || faults.length > 0).toBe(true);
        expect(fromBinary(rich, bytes).$typeName).toBe("rich.Rich");
        for (const { from, to } of faults) {
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
