import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "./parse-document.ts";
import { maxFaults } from "./syntax-fault.ts";
import { jsonLike } from "./testing/arbitrary-text.ts";
import { plainValue } from "./testing/plain-value.ts";

function parse(text: string) {
  const { values, faults } = parseDocument(text);
  return { documents: values.map(({ tree }) => tree), issues: faults };
}

function faults(text: string): string[] {
  return parse(text).issues.map(({ kind, values, from, to }) => `${values.reason ?? kind} ${from}-${to}`);
}

function nativeParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe("parseDocument()", () => {
  it("agrees with JSON.parse on valid documents", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const pretty = JSON.stringify(JSON.parse(text), null, indent);
        const { documents, issues } = parse(pretty);
        expect(issues).toEqual([]);
        expect(documents.map(plainValue)).toEqual([JSON.parse(pretty)]);
      }),
    );
  });

  it("accepts exactly what JSON.parse accepts", () => {
    fc.assert(
      fc.property(fc.oneof(jsonLike, fc.string({ unit: "binary" })), (text) => {
        const { documents, issues } = parse(text);
        const native = nativeParse(text);
        expect(issues.length === 0 && documents.length === 1).toBe(native !== undefined);
        if (native !== undefined) {
          expect(documents.map(plainValue)).toEqual([native.value]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps the digits of every number", () => {
    expect(parse("123456789012345678901234567890.10").documents).toMatchObject([
      { kind: "number", literal: "123456789012345678901234567890.10" },
    ]);
  });

  it("reads several documents one after the other", () => {
    expect(parse('{"a":1}\n{"a":2} 3').documents.map(plainValue)).toEqual([{ a: 1 }, { a: 2 }, 3]);
  });

  it("places several faults in one text", () => {
    expect(faults('{"a": , "b" 1, c: 2,}')).toEqual([
      "missingValue 6-7",
      "missingColon 8-11",
      "unquotedName 15-16",
      "trailingComma 19-20",
    ]);
  });

  it("names what is missing between and after values", () => {
    expect(faults('["a" "b"')).toEqual(["unclosedArray 0-1", "missingComma 5-8"]);
    expect(faults('{"a": {"b": 1')).toEqual(["unclosedObject 0-1", "unclosedObject 6-7"]);
  });

  it("reads on behind an unclosed string", () => {
    const { documents, issues } = parse('{"a": "x,\n"b": 1}');
    expect(issues.map(({ values }) => values.reason)).toEqual(["unclosedString", "missingComma"]);
    expect(documents.map(plainValue)).toEqual([{ a: "x,", b: 1 }]);
  });

  it("tells words and numbers that JSON has not", () => {
    expect(faults("[NaN, +1, 01, .5, True]").map((fault) => fault.split(" ")[0])).toEqual([
      "badWord",
      "badNumber",
      "badNumber",
      "badNumber",
      "badWord",
    ]);
  });

  it("keeps __proto__ as a member's name", () => {
    expect(parse('{"__proto__": {"x": 1}}').documents).toMatchObject([
      { members: [{ key: { tree: { value: "__proto__" } } }] },
    ]);
  });

  it("refuses nesting below the limit once, without overflowing the stack", () => {
    const { issues } = parse("[".repeat(100_000) + "]".repeat(100_000));
    expect(issues.map(({ kind, from }) => `${kind} ${from}`)).toEqual(["tooDeep 100"]);
    expect(parse("[".repeat(100) + "]".repeat(100)).issues).toEqual([]);
  });

  it("keeps at most so many faults", () => {
    expect(parse("]".repeat(1_000_000)).issues).toHaveLength(maxFaults);
  });

  it("reads a string of a million characters", () => {
    const { documents } = parse(JSON.stringify("\\a".repeat(500_000)));
    expect(documents).toMatchObject([{ kind: "string", value: "\\a".repeat(500_000) }]);
  });

  it("measures each node and places it within its parent", () => {
    const text = ' [1, {"a": "b"}]';
    expect(parseDocument(text).values).toMatchObject([
      {
        at: 1,
        tree: {
          length: 15,
          items: [
            { at: 1, tree: { literal: "1", length: 1 } },
            {
              at: 4,
              tree: {
                length: 10,
                members: [{ key: { at: 1, tree: { length: 3 } }, value: { at: 6, tree: { length: 3 } } }],
              },
            },
          ],
        },
      },
    ]);
  });

  it("tells of each node whether there is a fault in it", () => {
    const [first, second] = parse("[1, [2,]] [3]").documents;
    expect([first?.hasFaults, first?.faults, second?.hasFaults]).toEqual([true, [], false]);
  });
});
