import { describe, expect, test } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { checkDocument } from "../document/check-document.ts";
import { parseDocument } from "../document/parse-document.ts";
import { defaultText, emptyMessage, emptyValue, hasPresence, initialValue, isRequired } from "./empty-value.ts";
import { fieldValueType } from "./field-value-type.ts";

const { registry, message, files } = readTestingSchema();
const ownFiles = files.file.filter(({ name }) => name.startsWith("switchboard/"));
const messages = ownFiles.flatMap(({ messageType, package: scope }) =>
  messageType.map(({ name }) => registry.getMessage(`${scope}.${name}`)).filter((desc) => desc !== undefined),
);

/** The issues of a message in which one field has this value, besides that required ones are missing. */
function issuesOf(desc: (typeof messages)[number], name: string, json: string) {
  const document = parseDocument(`{${JSON.stringify(name)}: ${json}}`);
  const { issues } = checkDocument(document, { input: desc, registry, many: false });
  return issues.filter(({ kind }) => kind !== "requiredField");
}

describe("the values that fields begin with", () => {
  test("are values of their types, for every field of the testing schema", () => {
    const wrong = messages.flatMap((desc) =>
      desc.fields
        .filter(({ fieldKind }) => fieldKind !== "map" && fieldKind !== "list")
        .flatMap((field) => issuesOf(desc, field.jsonName, initialValue(field, fieldValueType(field)))),
    );
    expect(messages.length).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  test("are items of their lists", () => {
    const wrong = messages.flatMap((desc) =>
      desc.fields
        .filter(({ fieldKind }) => fieldKind === "list")
        .flatMap((field) => issuesOf(desc, field.jsonName, `[${emptyValue(fieldValueType(field))}]`)),
    );
    expect(wrong).toEqual([]);
  });

  test("are the defaults that the schema declares", () => {
    const legacy = (name: string) => {
      const field = message("Legacy").fields.find((one) => one.name === name);
      return field && [initialValue(field, fieldValueType(field)), defaultText(field, fieldValueType(field))];
    };
    expect(legacy("nan_default")).toEqual(['"NaN"', "NaN"]);
    expect(legacy("required_number")).toEqual(["0", "0"]);
  });
});

test("emptyMessage() is an object but for types with their own JSON", () => {
  expect(emptyMessage(message("Node"))).toBe("{}");
});

test("presence is the schema's", () => {
  const field = (type: string, name: string) => message(type).fields.find((one) => one.name === name);
  const presence = [field("Oneofs", "before"), field("Oneofs", "not_a_oneof"), field("Node", "next")].map(
    (one) => one && hasPresence(one),
  );
  expect(presence).toEqual([false, true, true]);
  const required = field("Legacy", "required_number");
  expect(required && isRequired(required)).toBe(true);
});
