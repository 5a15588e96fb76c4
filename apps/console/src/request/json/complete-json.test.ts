import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "../document/parse-document.ts";
import { completeJson } from "./complete-json.ts";
import { describeAt } from "./describe-at.ts";
import { compileRichSchema } from "./testing/rich-schema.ts";

const { registry, rich } = compileRichSchema();
const schema = { input: rich, registry };

/** Completes where `|` stands in the text; it is taken out first. */
function complete(marked: string) {
  const offset = marked.indexOf("|");
  return completeJson(parseDocument(marked.replace("|", "")), offset, schema);
}

function labels(marked: string): string[] {
  return complete(marked)?.options.map(({ label }) => label) ?? [];
}

/** The text after the first option was taken. */
function accept(marked: string): string | undefined {
  const text = marked.replace("|", "");
  const found = complete(marked);
  const first = found?.options[0];
  return found && first && text.slice(0, found.from) + first.insert + text.slice(found.to);
}

describe("completeJson()", () => {
  it("offers every field in an empty object", () => {
    const names = rich.fields.map(({ jsonName }) => jsonName);
    expect(labels("{|}")).toEqual(names);
    expect(labels("{|")).toEqual(names);
  });

  it("leaves out fields that stand before or after, by either name", () => {
    const names = labels('{"int32_field": 1, |, "boolField": true}');
    expect(names).toContain("stringField");
    expect(names).not.toContain("int32Field");
    expect(names).not.toContain("boolField");
  });

  it("leaves out the other members of a oneof that is set", () => {
    const names = labels('{"text": "", |}');
    expect(names).not.toContain("number");
    expect(names).not.toContain("tint");
  });

  it("replaces what is typed, with quotes and colon", () => {
    expect(accept('{"string|"}')).toBe('{"stringField": }');
    expect(accept('{"string|')).toBe('{"stringField": ');
    expect(accept("{string|")).toBe('{"stringField": ');
    expect(accept('{"string|": 1}')).toBe('{"stringField": 1}');
  });

  it("ranks a beginning above a middle", () => {
    expect(labels('{"color|')).toEqual(["color", "colors"]);
    expect(labels('{"name|')).toEqual(["byName", "otherName", "valueByName"]);
  });

  it("knows nesting, lists and maps", () => {
    expect(labels('{"child": {"children": [{"byName": {"x": {"may|')).toEqual(["maybe"]);
    expect(labels('{"byName": {"may|')).toEqual([]);
    expect(labels('{"children": [{}, {"may|')).toEqual(["maybe"]);
    expect(labels('[{}, {"may|')).toEqual(["maybe"]);
    expect(labels('{}\n{"may|')).toEqual(["maybe"]);
  });

  it("offers enum values for fields, items and map values", () => {
    const colors = ["COLOR_UNSPECIFIED", "COLOR_RED", "COLOR_BLUE"];
    expect(labels('{"color": |}')).toEqual(colors);
    expect(labels('{"colors": ["COLOR_RED", |]}')).toEqual(colors);
    expect(labels('{"colors": |}')).toEqual([]);
    expect(labels('{"byBool": {"true": |')).toEqual(colors);
    expect(accept('{"color": "BL|"}')).toBe('{"color": "COLOR_BLUE"}');
    expect(accept('{"color": bl|}')).toBe('{"color": "COLOR_BLUE"}');
  });

  it("offers booleans, also as map keys", () => {
    expect(labels('{"boolField": |}')).toEqual(["true", "false"]);
    expect(labels('{"wrappedBool": t|}')).toEqual(["true"]);
    expect(labels('{"byBool": {"true": 1, |}}')).toEqual(["false"]);
  });

  it("offers the types of an Any, and then its fields", () => {
    expect(labels('{"any": {|}}')).toEqual(["@type"]);
    expect(labels('{"any": {"@type": "rich.R|"}}')).toEqual(["type.googleapis.com/rich.Rich"]);
    expect(labels('{"any": {"@type": "x/rich.Rich", "may|"}}')).toEqual(["maybe"]);
    expect(labels('{"any": {"@type": "x/google.protobuf.Duration", |}}')).toEqual(["value"]);
  });

  it("offers nothing between, behind and outside of values", () => {
    for (const marked of ["|", '{"int32Field"| }', '{"int32Field": 1 |}', "{} |", '{"object": {|}}', '{"nope": {|}}']) {
      expect(complete(marked)).toBeUndefined();
    }
  });

  it("goes on behind a missing comma and brackets that don't match", () => {
    expect(labels('{"int32Field": 1 "may|')).toEqual(["maybe"]);
    expect(labels('{"longs": [1}, "may|')).toEqual([]);
    expect(labels('{"child": {"longs": [1}, "may|')).toEqual(["maybe"]);
  });

  it("never throws, at any offset of any text", () => {
    const parts = fc.constantFrom(..."{}[]:,", '"any"', '"@type"', '"x/rich.Rich"', '"child"', '"', "tr", " ", "\n");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), fc.nat(80), (list, offset) => {
        const text = list.join("");
        const found = completeJson(parseDocument(text), Math.min(offset, text.length), schema);
        expect(found === undefined || (found.from <= offset && found.from <= found.to)).toBe(true);
      }),
    );
  });

  it("answers at the end of a megabyte", () => {
    expect(labels(`{"children": [${"{},".repeat(350_000)}{"may|`)).toEqual(["maybe"]);
  });
});

describe("describeAt()", () => {
  function described(marked: string): string | undefined {
    const offset = marked.indexOf("|");
    return describeAt(parseDocument(marked.replace("|", "")), offset, schema)?.desc.name;
  }

  it("answers the field of a name and of its value", () => {
    expect(described('{"|child": {"maybe": 12}}')).toBe("child");
    expect(described('{"child": {"may|be": 12}}')).toBe("maybe");
    expect(described('{"child": {"maybe": |12}}')).toBe("maybe");
  });

  it("answers the enum value that is named", () => {
    expect(described('{"color": "COLOR|_RED"}')).toBe("COLOR_RED");
    expect(described('{"color": |2}')).toBe("COLOR_BLUE");
  });

  it("answers undefined between tokens and for unknown names", () => {
    expect(described('{| "child": {}}')).toBeUndefined();
    expect(described('{"child": |{}}')).toBeUndefined();
    expect(described('{"no|pe": 1}')).toBeUndefined();
  });
});
