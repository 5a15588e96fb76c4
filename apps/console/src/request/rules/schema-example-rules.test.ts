import { type DescMessage, fromJson } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { messageExample } from "../example/message-example.ts";
import { createProtovalidateChecker } from "./protovalidate-checker.ts";
import { schemaExampleRules } from "./schema-example-rules.ts";

const packagePrefix = "switchboard.testing.v1.";
const { registry } = readTestingSchema();
const rules = schemaExampleRules(registry);
const checker = createProtovalidateChecker(registry);

const messages = [...registry].filter(
  (desc): desc is DescMessage => desc.kind === "message" && desc.typeName.startsWith(packagePrefix),
);

/** What no example can keep, because a CEL expression asks for it, or because nothing keeps it. */
const exceptions: ReadonlyMap<string, readonly string[]> = new Map([
  ["CelRules", ["even", "each[0]", ""]],
  ["PredefinedRules", ["even"]],
  ["FailingRules", ["number"]],
  ["BrokenRules", ["broken"]],
  ["Rules", ["cel.even", "cel", "cel", "predefined.even"]],
]);

describe("an example made by the rules of its schema", () => {
  it.each(messages.map((desc) => [desc.typeName, desc] as const))("keeps the rules of %s", (typeName, desc) => {
    const message = fromJson(desc, messageExample(desc, rules), { registry });
    const check = checker.check(desc, message);
    const fields = check.kind === "checked" ? check.violations.map(({ field }) => field) : ["broken"];
    expect(fields).toEqual(exceptions.get(typeName.slice(packagePrefix.length)) ?? []);
  });
});
