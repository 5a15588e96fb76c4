import { describe, expect, test } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { checkDocument } from "../document/check-document.ts";
import { parseDocument } from "../document/parse-document.ts";
import { updateDocument } from "../document/update-document.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import type { FormSubject } from "./find-place.ts";
import { createFormPlaces } from "./form-place.ts";
import { issuePlace, placeLabel } from "./issue-place.ts";
import { placeIssues } from "./place-issues.ts";

const { registry, message } = readTestingSchema();
const subject: FormSubject = { input: message("Everything"), registry, many: false };

function places(text: string, issues?: readonly JsonIssue[]): readonly string[] {
  const document = parseDocument(text);
  return (issues ?? checkDocument(document, subject).issues).map((issue) => {
    const found = issuePlace(issue, { document, subject, places: createFormPlaces("f") });
    return found === undefined ? "nowhere" : `${placeLabel(found, false)}${found.isKey === true ? " key" : ""}`;
  });
}

describe("issuePlace()", () => {
  test.each([
    ['{"scalars": {"int32_field": "x"}}', "scalars.int32_field"],
    ['{"node": {"children": [{}, {"name": 1}]}}', "node.children[1].name"],
    ['{"maps": {"byInt32": {"1": "", "a": ""}}}', "maps.by_int32[1] key"],
    ['{"maps": {"longs": {"a": "x"}}}', "maps.longs[0]"],
    ['{"oneofs": {"text": "", "number": 1}}', "oneofs{2}"],
    ['{"nope": 1}', "{1}"],
    ['{"colors": {}}', "colors"],
    ['{"wellKnown": {"timestamp": "x"}}', "well_known.timestamp"],
  ])("finds the issue of %s at %s", (text, label) => {
    expect(places(text)).toEqual([label]);
  });

  test("finds an absent field in the message that it is missing in", () => {
    const text = '{"node": {}}';
    const issue: JsonIssue = { from: 9, to: 11, kind: "rule", missing: "url", values: { message: "m" } };
    expect(places(text, [issue])).toEqual(["node.url"]);
  });

  test("finds the message of an empty text, and nothing between two", () => {
    const at = (from: number, to: number): JsonIssue => ({ from, to, kind: "syntax", values: {} });
    expect(places("", [at(0, 0)])).toEqual([""]);
    expect(places("{} ]", [at(3, 4)])).toEqual(["nowhere"]);
  });
});

describe("placeIssues()", () => {
  test("counts the issues of all that stand around", () => {
    const document = parseDocument('{"node": {"children": [{"name": 1}, {"name": 2}]}}');
    const { within } = placeIssues(document, checkDocument(document, subject).issues);
    const [root] = document.values;
    expect(root && within.get(root.tree)).toBe(2);
  });

  test("keeps the list of a value whose issues say the same", () => {
    const text = '{"scalars": {"int32Field": "x", "stringField": "s"}}';
    const before = parseDocument(text);
    const first = placeIssues(before, checkDocument(before, subject).issues);
    const after = updateDocument(before, text.replace('"s"', '"longer"'));
    const second = placeIssues(after, checkDocument(after, subject).issues, first);
    const [tree] = first.of.keys();
    expect(tree && second.of.get(tree)).toBe(tree && first.of.get(tree));
    expect(second.of.size).toBe(1);
  });
});
