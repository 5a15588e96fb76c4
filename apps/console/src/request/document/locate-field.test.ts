import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { type FieldStep, parseFieldPath, writeFieldPath } from "./field-path.ts";
import { locateField } from "./locate-field.ts";
import { parseDocument } from "./parse-document.ts";

const { registry, message } = readTestingSchema();
const order = { input: message("Order"), registry };

const text = `{
  "id": "x",
  "customer": {"name": "Ada", "phones": ["+1", "+2"]},
  "lines": [{"article": "a"}, {"article": "b", "count": 3}],
  "labels": {"a \\"b\\"": "v", "7": "w"},
  "card_number": "1"
}`;

function placeOf(path: string, typed = text, subject = order, position = 0): string | undefined {
  const place = locateField(parseDocument(typed), subject, position, { field: path });
  return place && `${typed.slice(place.from, place.to)}${place.missing === undefined ? "" : ` lacks ${place.missing}`}`;
}

describe("locateField()", () => {
  it.each([
    ["id", '"x"'],
    ["customer", "{"],
    ["customer.name", '"Ada"'],
    ["customer.phones[1]", '"+2"'],
    ["customer.phones[9]", '["+1", "+2"]'],
    ["customer.email", "{ lacks email"],
    ["lines[1].count", "3"],
    ["lines[0].count", "{ lacks count"],
    ["lines", '[{"article": "a"}, {"article": "b", "count": 3}]'],
    ['labels["a \\"b\\""]', '"v"'],
    ["labels[7]", '"w"'],
    ["cardNumber", '"1"'],
    ["card_number", '"1"'],
    ["payment", '"1"'],
    ["ordered_at", "{ lacks orderedAt"],
    ["delivered_at.seconds", "{ lacks deliveredAt"],
    ["id.beyond", '"x"'],
    ["", "{"],
    ["unheard_of", undefined],
    ["no path at all", undefined],
  ])("finds %s", (path, found) => {
    expect(placeOf(path)).toBe(found);
  });

  it("finds the key of a map's entry", () => {
    const place = locateField(parseDocument(text), order, 0, { field: "labels[7]", isKey: true });
    expect(place && text.slice(place.from, place.to)).toBe('"7"');
  });

  it("finds the oneof that nothing is set of in the object that lacks it", () => {
    expect(placeOf("payment", "{}")).toBe("{ lacks payment");
  });

  it("finds a field of one of several messages, in one array or one after the other", () => {
    const lines = { input: message("OrderLine"), registry };
    expect(placeOf("count", '{"count": 1} {"count": 2}', lines, 1)).toBe("2");
    expect(placeOf("count", '[{"count": 1}, {"count": 2}]', lines, 1)).toBe("2");
    expect(placeOf("count", "{}", lines, 1)).toBeUndefined();
  });

  it("finds fields named as properties of every object, and extensions", () => {
    const names = { input: message("Names"), registry };
    expect(placeOf("__proto__", '{"__proto__": 1, "constructor": 2}', names)).toBe("1");
    expect(placeOf("constructor", '{"__proto__": 1, "constructor": 2}', names)).toBe("2");
    const legacy = { input: message("Legacy"), registry };
    const extension = "[switchboard.testing.v1.extra_part]";
    expect(placeOf(`${extension}.name`, `{"${extension}": {"name": "n"}}`, legacy)).toBe('"n"');
  });

  it("answers a place within any text, for any path", () => {
    const parts = fc.constantFrom('"id"', '"customer"', '"lines"', "{", "}", "[", "]", ":", ",", "1", '"x"', "nul");
    const paths = fc.constantFrom("id", "customer.name", "lines[0].count", "payment", "labels.a", "", "..", "[");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), paths, (list, path) => {
        const typed = list.join("");
        const place = locateField(parseDocument(typed), order, 0, { field: path });
        expect(place === undefined || (place.from <= place.to && place.to <= typed.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("parseFieldPath()", () => {
  it("reads back what is written", () => {
    const name = fc
      .stringMatching(/^[a-z_][a-zA-Z0-9_]{0,8}$/)
      .map((word): FieldStep => ({ kind: "name", name: word }));
    const key = fc
      .oneof(fc.string({ unit: "grapheme" }), fc.integer().map(String), fc.constantFrom("true", '"', "]", "\\"))
      .map((word): FieldStep => ({ kind: "subscript", key: word }));
    const path = fc.array(fc.tuple(name, fc.option(key)), { maxLength: 5 });
    fc.assert(
      fc.property(path, (pairs) => {
        const steps = pairs.flatMap(([first, second]) => (second === null ? [first] : [first, second]));
        expect(parseFieldPath(writeFieldPath(steps))).toEqual(steps);
      }),
    );
  });
});
