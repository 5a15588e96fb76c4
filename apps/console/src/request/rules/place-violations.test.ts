import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { parseDocument } from "../document/parse-document.ts";
import { placeViolations, unchangedViolations } from "./place-violations.ts";

const { registry, message } = readTestingSchema();
const subject = { input: message("Order"), registry };

describe("placeViolations()", () => {
  it("marks the field, the object that lacks it, or else the message", () => {
    const document = parseDocument('{"id": "x"}');
    const fields = ["id", "customer.name", "unheard_of", ""];
    const violations = fields.map((field) => ({ position: 0, field, message: "no" }));
    expect(placeViolations(document, subject, violations, "rule")).toEqual([
      { from: 7, to: 10, kind: "rule", values: { field: "id", message: "no" } },
      { from: 0, to: 1, missing: "customer", kind: "rule", values: { field: "customer.name", message: "no" } },
      { from: 0, to: 1, kind: "rule", values: { field: "unheard_of", message: "unheard_of: no" } },
      { from: 0, to: 1, kind: "rule", values: { field: "", message: "no" } },
    ]);
  });

  it("marks nothing in a text without the message", () => {
    const violations = [{ position: 3, field: "id", message: "no" }];
    expect(placeViolations(parseDocument("{}"), subject, violations, "server")).toEqual([]);
  });
});

describe("unchangedViolations()", () => {
  const sent = parseDocument('{"id": "x", "lines": [{"count": 0}]}');
  const violations = ["id", "lines[0].count", "customer.name", ""].map((field) => ({
    position: 0,
    field,
    message: "",
  }));

  function standing(text: string): string[] {
    return unchangedViolations(parseDocument(text), sent, subject, violations).map(({ field }) => field);
  }

  it.each([
    ['{"id": "x", "lines": [{"count": 0}]}', ["id", "lines[0].count", "customer.name", ""]],
    ['{"lines": [{"count": 0, "price": 2}], "id": "x"}', ["id", "lines[0].count", "customer.name", ""]],
    ['{"id": "y", "lines": [{"count": 0}]}', ["lines[0].count", "customer.name", ""]],
    ['{"id": "x", "lines": [{"count": 1}], "customer": {"name": ""}}', ["id", ""]],
    ['{"id": "x", "lines": [{}]}', ["id", "customer.name", ""]],
    ["", []],
  ])("counts in %s what is as it was sent", (text, fields) => {
    expect(standing(text)).toEqual(fields);
  });
});
