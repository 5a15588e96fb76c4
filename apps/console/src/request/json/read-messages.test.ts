import { type JsonObject, type Message, toJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, ListValueSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import type { CheckOptions } from "../document/check-document.ts";
import { readMessages } from "./read-messages.ts";
import { arbitraryMessage } from "./testing/arbitrary-message.ts";
import { compileRichSchema } from "./testing/rich-schema.ts";
import { writeJson } from "./write-json.ts";

const { registry, rich } = compileRichSchema();

function read(text: string, options: Partial<CheckOptions> = {}) {
  return readMessages(text, { input: rich, registry, many: false, ...options });
}

/** Reads one message without issues, and answers it as canonical JSON. */
function reread(text: string): JsonObject {
  const { messages, issues } = read(text);
  expect(issues).toEqual([]);
  return toJson(rich, messages[0] as Message, { registry }) as JsonObject;
}

/** Each issue as its kind and the text that it marks. */
function issuesOf(text: string, options: Partial<CheckOptions> = {}): string[] {
  return read(text, options).issues.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);
}

describe("readMessages() and writeJson()", () => {
  it("bring every message of a rich schema back as it was", () => {
    fc.assert(
      fc.property(arbitraryMessage(rich, registry), fc.boolean(), (message, defaults) => {
        const text = writeJson(rich, message, { registry, defaults });
        const { messages, issues } = read(text);
        expect(issues).toEqual([]);
        expect(messages).toEqual([message]);
        expect(writeJson(rich, messages[0] as Message, { registry, defaults })).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  it("bring descriptors back as they were", () => {
    const { proto } = rich.file;
    const text = writeJson(FileDescriptorProtoSchema, proto, { registry });
    const { messages, issues } = read(text, { input: FileDescriptorProtoSchema });
    expect(issues).toEqual([]);
    expect(messages).toEqual([proto]);
  });

  it("never throw for any text", () => {
    const parts = fc.constantFrom(
      ..."{}[]:,",
      '"any"',
      '"@type"',
      '"child"',
      '"__proto__"',
      '"value"',
      "1",
      "null",
      '"x',
    );
    const jsonLike = fc.array(parts, { maxLength: 30 }).map((list) => list.join(" "));
    fc.assert(
      fc.property(fc.oneof(jsonLike, fc.string({ unit: "binary" })), fc.boolean(), (text, many) => {
        const { messages, issues } = read(text, { many });
        expect(messages.length + issues.length).toBeGreaterThanOrEqual(many ? 0 : 1);
        for (const { from, to } of issues) {
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("readMessages()", () => {
  it("keeps 64-bit integers exactly, as numbers and as strings", () => {
    expect(reread('{"int64Field": 9007199254740993}')).toEqual({ int64Field: "9007199254740993" });
    expect(reread('{"int64Field": "9223372036854775807"}')).toEqual({ int64Field: "9223372036854775807" });
    expect(reread('{"sint64_field": -9223372036854775808}')).toEqual({ sint64Field: "-9223372036854775808" });
    expect(reread('{"uint64Field": 18446744073709551615}')).toEqual({ uint64Field: "18446744073709551615" });
    expect(reread('{"int64Field": 9.007199254740993e15}')).toEqual({ int64Field: "9007199254740993" });
    expect(reread('{"wrappedLong": 9007199254740993, "longs": [9007199254740993]}')).toEqual({
      wrappedLong: "9007199254740993",
      longs: ["9007199254740993"],
    });
  });

  it.each([
    ["int32Field", "2147483648"],
    ["int32Field", "-2147483649"],
    ["sfixed32Field", '"2147483648"'],
    ["uint32Field", "-1"],
    ["fixed32Field", "4294967296"],
    ["int64Field", "9223372036854775808"],
    ["sfixed64Field", "-9223372036854775809"],
    ["uint64Field", "-1"],
    ["fixed64Field", "18446744073709551616"],
    ["uint64Field", "1e1000000000"],
    ["floatField", "3.5e38"],
    ["doubleField", "1e309"],
    ["color", "2147483648"],
    ["value", "1e400"],
  ])("refuses %s: %s as out of range", (field, value) => {
    expect(issuesOf(`{"${field}": ${value}}`)).toEqual([`outOfRange ${value}`]);
  });

  it.each([
    ["int32Field", "1.5"],
    ["int32Field", '"0x10"'],
    ["int32Field", '" 1"'],
    ["int32Field", "true"],
    ["int64Field", "[1]"],
    ["boolField", '"true"'],
    ["stringField", "1"],
    ["bytesField", "1"],
    ["doubleField", '"nan"'],
    ["color", "1.5"],
    ["color", "{}"],
    ["child", "1"],
    ["children", "{}"],
    ["byName", "[]"],
    ["wrappedString", "1"],
    ["object", "[]"],
    ["list", "{}"],
    ["at", "1"],
    ["any", "1"],
  ])("refuses %s: %s as a wrong type", (field, value) => {
    expect(issuesOf(`{"${field}": ${value}}`)).toEqual([`wrongType ${value}`]);
  });

  it("reads special floats and the greatest float", () => {
    expect(reread('{"doubleField": "NaN", "floatField": "-Infinity"}')).toEqual({
      doubleField: "NaN",
      floatField: "-Infinity",
    });
    expect(reread('{"floatField": 3.4028235e38}').floatField).toBe(Math.fround(3.4028235e38));
  });

  it("names the field that was meant", () => {
    const { issues } = read('{"strnigField": "x", "int32_Field": 1, "qqqqqqqqq": 1}');
    expect(issues.map(({ kind, values }) => [kind, values.suggestion])).toEqual([
      ["unknownField", "stringField"],
      ["unknownField", "int32Field"],
      ["unknownField", undefined],
    ]);
  });

  it("refuses a field that is set twice, also by its two names", () => {
    expect(issuesOf('{"int32Field": 1, "int32_field": 2}')).toEqual(['duplicateField "int32_field"']);
    expect(issuesOf('{"maybe": 1, "maybe": 1}')).toEqual(['duplicateField "maybe"']);
    expect(issuesOf('{"renamed": "", "otherName": ""}')).toEqual(['duplicateField "otherName"']);
    expect(issuesOf('{"object": {"a": 1, "a": 2}}')).toEqual(['duplicateField "a"']);
  });

  it("refuses two members of one oneof, but not where one is null", () => {
    expect(issuesOf('{"text": "", "number": 1}')).toEqual(['oneofConflict "number"']);
    expect(reread('{"text": null, "nested": null, "tint": null, "number": 1}')).toEqual({ number: "1" });
    expect(reread('{"nothing": null}')).toEqual({ nothing: null });
  });

  it("takes null as not set, and as a value of Value alone", () => {
    expect(reread('{"int32Field": null, "children": null, "byName": null, "at": null, "child": null}')).toEqual({});
    expect(reread('{"value": null, "values": [null]}')).toEqual({ value: null, values: [null] });
    expect(issuesOf('{"longs": [1, null], "children": [null]}')).toEqual(["wrongType null", "wrongType null"]);
    expect(issuesOf('{"byInt32": {"1": null}}')).toEqual(["wrongType null"]);
  });

  it("reads map keys of every type", () => {
    const maps = '"byInt32": {"-1": "a"}, "byInt64": {"9007199254740993": "b"}, "byUint32": {"4294967295": "c"}';
    expect(reread(`{${maps}, "byUint64": {"18446744073709551615": 1}, "byBool": {"true": "COLOR_RED"}}`)).toEqual({
      byInt32: { "-1": "a" },
      byInt64: { "9007199254740993": "b" },
      byUint32: { "4294967295": "c" },
      byUint64: { "18446744073709551615": "1" },
      byBool: { true: "COLOR_RED" },
    });
  });

  it("refuses map keys that are not of the type, and keys that are the same", () => {
    expect(issuesOf('{"byInt32": {"x": "a", "2147483648": "b"}, "byBool": {"1": 0}}')).toEqual([
      'wrongType "x"',
      'outOfRange "2147483648"',
      'wrongType "1"',
    ]);
    expect(issuesOf('{"byInt32": {"1": "a", "1.0": "b"}}')).toEqual(['duplicateField "1.0"']);
  });

  it("reads enums by name and number, and names the one that was meant", () => {
    expect(reread('{"color": "COLOR_BLUE", "colors": [1, 77]}')).toEqual({
      color: "COLOR_BLUE",
      colors: ["COLOR_RED", 77],
    });
    const { issues } = read('{"color": "COLOR_BLU"}');
    expect(issues).toMatchObject([{ kind: "unknownEnumValue", values: { suggestion: "COLOR_BLUE" } }]);
  });

  it("reads base64 in both alphabets, with padding and without", () => {
    for (const text of ["+/8=", "-_8=", "-_8", "+/8"]) {
      expect(reread(`{"bytesField": "${text}"}`)).toEqual({ bytesField: "+/8=" });
    }
  });

  it("refuses what is no base64", () => {
    for (const text of ['"a"', '"ab=c"', '"ab==="', '"a b="', '"abc=="']) {
      expect(issuesOf(`{"bytesField": ${text}}`)).toEqual([`badBase64 ${text}`]);
    }
  });

  it("reads well-known types in their own form", () => {
    const json = {
      at: "2030-10-10T00:00:00Z",
      took: "-1.500s",
      mask: "name,child.textField",
      object: { a: [1, null, { b: "c" }] },
      list: [true],
      any: { "@type": "type.googleapis.com/rich.Rich", int64Field: "9007199254740993" },
      wrappedString: "",
    };
    expect(reread(JSON.stringify(json))).toEqual(json);
  });

  it.each([
    ["at", '"2021-02-29T00:00:00Z"'],
    ["at", '"2021-01-01 00:00:00Z"'],
    ["at", '"2021-01-01T24:00:00Z"'],
    ["at", '"0000-01-01T00:00:00Z"'],
    ["took", '"1.5"'],
    ["took", '"1.5sx"'],
    ["took", '"315576000001s"'],
    ["mask", '"snake_case"'],
    ["stringField", '"\\ud800"'],
  ])("refuses %s: %s as badly formed", (field, value) => {
    expect(issuesOf(`{"${field}": ${value}}`)).toEqual([`badFormat ${value}`]);
  });

  it("places faults inside an Any", () => {
    expect(issuesOf('{"any": {"@type": "x/rich.Rich", "nothing_here": 1}}')).toEqual(['unknownField "nothing_here"']);
    expect(issuesOf('{"any": {"@type": "x/no.Such"}}')).toEqual(['badFormat "x/no.Such"']);
    expect(issuesOf('{"any": {"a": 1}}')).toEqual(['badFormat {"a": 1}']);
    expect(issuesOf('{"any": {"@type": "x/google.protobuf.Duration", "value": "1"}}')).toEqual(['badFormat "1"']);
  });

  it("tells which required field an object lacks, also where it is null", () => {
    const schema = readTestingSchema();
    const options = { input: schema.message("LegacyPart"), registry: schema.registry };
    expect(read("{}", options).issues).toMatchObject([{ kind: "requiredField", from: 0, to: 1, missing: "name" }]);
    expect(read('{"name": null}', options).issues).toMatchObject([{ kind: "requiredField", missing: "name" }]);
    expect(read('{"name": ""}', options).issues).toEqual([]);
  });

  it("takes __proto__ and constructor for names like any other", () => {
    expect(issuesOf('{"__proto__": {"int32Field": 1}, "constructor": 1}')).toEqual([
      'unknownField "__proto__"',
      'unknownField "constructor"',
    ]);
    const { messages, issues } = read(
      '{"byName": {"__proto__": {}}, "object": {"__proto__": {"x": 1}, "constructor": 2}}',
    );
    expect(issues).toEqual([]);
    expect(writeJson(rich, messages[0] as Message, { registry, indent: 0 })).toBe(
      '{"byName":{"__proto__":{}},"object":{"__proto__":{"x":1},"constructor":2}}',
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("reads many messages one after the other, or in one array", () => {
    const input = { many: true };
    expect(read('{"int32Field": 1} {"int32Field": 2}', input).messages).toHaveLength(2);
    expect(read('[{"int32Field": 1}, {}, {}]', input).messages).toHaveLength(3);
    expect(read(" ", input)).toEqual({ messages: [], issues: [] });
    expect(read("[1, 2]", { many: true, input: ListValueSchema }).messages).toHaveLength(1);
  });

  it("refuses none and two messages where one is wanted", () => {
    expect(issuesOf("")).toEqual(["messageCount "]);
    expect(issuesOf('{} {"maybe": 1}')).toEqual(['messageCount {"maybe": 1}']);
  });

  it("answers the good ones of many messages beside the issues of the others", () => {
    const { messages, issues } = read('{"maybe": 1} {"maybe": "x"}', { many: true });
    expect(messages).toHaveLength(1);
    expect(issues).toHaveLength(1);
  });

  it("reads as deep as the limit and tells what is deeper", () => {
    const nest = (depth: number) => `${'{"child":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`;
    expect(read(nest(100)).issues).toEqual([]);
    expect(issuesOf(nest(101))).toEqual(["tooDeep {"]);
    expect(issuesOf(`{"value":${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toContain("tooDeep [");
  });

  it("reads a megabyte of string and a megabyte of digits", () => {
    expect(read(JSON.stringify({ stringField: "ä\n".repeat(500_000) })).issues).toEqual([]);
    expect(issuesOf(`{"int64Field": ${"9".repeat(1_000_000)}}`)).toHaveLength(1);
  });
});
