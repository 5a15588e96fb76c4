import { describe, expect, test } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { applyEdits } from "../document/apply-edits.ts";
import { parseDocument } from "../document/parse-document.ts";
import type { FormSubject } from "./find-place.ts";
import {
  type FormEdit,
  insertItems,
  insertMessage,
  moveItemAt,
  moveMessage,
  removeItemAt,
  removeMessage,
  removeValue,
  setValue,
} from "./form-edits.ts";
import { createFormPlaces, type FormPlace } from "./form-place.ts";

const { registry, message } = readTestingSchema();
const node = message("Node");
const subject: FormSubject = { input: node, registry, many: false };
const stream: FormSubject = { ...subject, many: true };

function changed(text: string, edit: FormEdit, of: FormSubject = subject): unknown {
  const newText = applyEdits(text, edit(parseDocument(text), of));
  const { values, faults } = parseDocument(newText);
  expect(faults).toEqual([]);
  return values.map(({ at, tree }) => JSON.parse(newText.slice(at, at + tree.length)));
}

const root = createFormPlaces("f").message(0);

function field(name: string, parent: FormPlace = root): FormPlace {
  const found = node.fields.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`Node has no field ${name}`);
  }
  return parent.child({ kind: "field", desc: node, field: found });
}

describe("setValue()", () => {
  test("makes the message of an empty text", () => {
    expect(changed("", setValue(field("name"), '"n"'))).toEqual([{ name: "n" }]);
    expect(changed("null", setValue(field("name"), '"n"'))).toEqual([{ name: "n" }]);
  });

  test("puts a new member where the schema has it", () => {
    expect(JSON.stringify(changed('{"byName": {}}', setValue(field("name"), '"n"')))).toBe(
      '[{"name":"n","byName":{}}]',
    );
  });

  test("keeps the name that a member has", () => {
    expect(changed('{"by_name": {}}', setValue(field("by_name"), '{"a": {}}'))).toEqual([{ by_name: { a: {} } }]);
  });

  test("makes what is absent around the value", () => {
    const inner = field("name", field("next"));
    expect(changed("{}", setValue(inner, '"n"'))).toEqual([{ next: { name: "n" } }]);
    expect(changed('{"next": null}', setValue(inner, '"n"'))).toEqual([{ next: { name: "n" } }]);
  });

  test("gives a member a value that has none", () => {
    expect(changed('{"name": }', setValue(field("name"), '"n"'))).toEqual([{ name: "n" }]);
  });
});

test("removeValue() takes the member away, and leaves what is unknown", () => {
  expect(changed('{"x": 1, "name": "n", "name": "m"}', removeValue(field("name")))).toEqual([{ x: 1, name: "m" }]);
  expect(changed("{}", removeValue(field("name")))).toEqual([{}]);
});

describe("the items of a list", () => {
  const list = field("children");
  const text = '{"children": [{"name": "a"}, {"name": "b"}]}';

  test("are added one by one or many at once", () => {
    expect(changed("{}", insertItems(list, 0, ["{}"]))).toEqual([{ children: [{}] }]);
    expect(changed(text, insertItems(list, 1, ["{}"]))).toEqual([{ children: [{ name: "a" }, {}, { name: "b" }] }]);
    expect(changed(text, insertItems(list, 1, ["{}", '{"name": "c"}']))).toEqual([
      { children: [{ name: "a" }, {}, { name: "c" }, { name: "b" }] },
    ]);
  });

  test("are moved and taken away", () => {
    expect(changed(text, moveItemAt(list, 1, 0))).toEqual([{ children: [{ name: "b" }, { name: "a" }] }]);
    expect(changed(text, removeItemAt(list, 0))).toEqual([{ children: [{ name: "b" }] }]);
  });
});

describe.each(['{"name": "a"}\n{"name": "b"}', '[{"name": "a"}, {"name": "b"}]'])("the messages of %s", (text) => {
  const names = (values: unknown) =>
    JSON.stringify(values)
      .match(/"name":"(\w)"/g)
      ?.join(" ");

  test("are added, moved and taken away", () => {
    expect(names(changed(text, insertMessage(1, '{"name": "c"}'), stream))).toBe('"name":"a" "name":"c" "name":"b"');
    expect(names(changed(text, moveMessage(1, 0), stream))).toBe('"name":"b" "name":"a"');
    expect(names(changed(text, removeMessage(0), stream))).toBe('"name":"b"');
  });
});
