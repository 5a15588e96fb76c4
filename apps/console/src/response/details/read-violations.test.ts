import { create, fromJson } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { readViolations } from "./read-violations.ts";

const { registry } = readTestingSchema();

test("readViolations() reads paths, messages and rules by the registry's own definition", () => {
  const desc = registry.getMessage("buf.validate.Violations");
  const violations =
    desc &&
    fromJson(desc, {
      violations: [
        {
          field: {
            elements: [
              { fieldNumber: 1, fieldName: "labels", stringKey: 'a"b' },
              { fieldNumber: 2, fieldName: "items", index: "3" },
              { fieldNumber: 3, fieldName: "name" },
            ],
          },
          ruleId: "string.min_len",
          message: "too short",
        },
        { ruleId: "message.rule" },
      ],
    });
  expect(violations && readViolations(violations, registry)).toEqual([
    { field: 'labels["a\\"b"].items[3].name', description: "too short", rule: "string.min_len" },
    { field: "", description: "", rule: "message.rule" },
  ]);
});

test("readViolations() reads nothing of another type", () => {
  const desc = registry.getMessage("buf.validate.FieldPath");
  expect(desc && readViolations(create(desc), registry)).toBeUndefined();
});
