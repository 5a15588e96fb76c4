import { createFileRegistry, type DescMessage, type DescMethod, fromJson, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { findMethod, serviceGroups } from "../../schema/service-catalog.ts";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { typeRegistry } from "../../schema/type-registry.ts";
import { readMessages } from "../json/read-messages.ts";
import { compileRichSchema } from "../json/testing/rich-schema.ts";
import { writeJson } from "../json/write-json.ts";
import { exampleFor } from "./example-for.ts";
import type { ExampleRules } from "./example-rules.ts";
import { messageExample } from "./message-example.ts";

const methods = serviceGroups.flatMap(({ services }) => services.flatMap((service) => service.methods));
const { registry, rich } = compileRichSchema();
const testing = readTestingSchema();
const noRules: ExampleRules = { of: () => undefined, isRequired: () => false };

function readsStream({ methodKind }: DescMethod): boolean {
  return methodKind === "client_streaming" || methodKind === "bidi_streaming";
}

function messagesOf(file: { readonly messages: readonly DescMessage[] }): DescMessage[] {
  const nested = (desc: DescMessage): DescMessage[] => [desc, ...desc.nestedMessages.flatMap(nested)];
  return file.messages.flatMap(nested);
}

const builtIn = serviceGroups.flatMap(({ services }) => services.flatMap(({ file }) => messagesOf(file)));
const every = [
  ...[...registry.files].flatMap(messagesOf).map((desc) => ({ desc, types: registry })),
  ...builtIn.map((desc) => ({ desc, types: typeRegistry })),
  ...[...testing.registry.files].flatMap(messagesOf).map((desc) => ({ desc, types: testing.registry })),
].map(({ desc, types }) => [desc.typeName, desc, types] as const);

describe("exampleFor()", () => {
  it.each(methods.map((method) => [String(method), method] as const))("fits %s", (_, method) => {
    const text = exampleFor(method);
    const { messages, issues } = readMessages(text, {
      input: method.input,
      registry: typeRegistry,
      many: readsStream(method),
    });
    expect(issues).toEqual([]);
    expect(messages.length).toBeGreaterThan(0);
  });

  it("shows three messages for a client stream", () => {
    const method = findMethod("test.demo", "TestClientSendStream") as DescMethod;
    expect(exampleFor(method)).toBe('{\n  "data": "one"\n}\n{\n  "data": "two"\n}\n{\n  "data": "three"\n}');
  });

  it("is made from the schema for any other method, and ends where types are recursive", () => {
    const file = fromJson(FileDescriptorProtoSchema, {
      name: "service.proto",
      dependency: ["rich.proto"],
      service: [{ name: "Other", method: [{ name: "Call", inputType: ".rich.Rich", outputType: ".rich.Rich" }] }],
    });
    const other = createFileRegistry(file, (name) => registry.getFile(name)).getService("Other");
    const text = exampleFor(other?.methods[0] as DescMethod);
    expect(readMessages(text, { input: rich, registry, many: false }).issues).toEqual([]);
    const fields = JSON.parse(text);
    expect(fields).toMatchObject({
      int64Field: "1",
      color: "COLOR_RED",
      colors: ["COLOR_RED"],
      text: "hello",
      at: "2030-10-10T00:00:00Z",
      byInt32: { "1": "example" },
    });
    expect(fields).not.toHaveProperty("child");
    expect(fields).not.toHaveProperty("number");
  });

  it("makes the example of a method once", () => {
    const method = findMethod("Greeter", "SayHello") as DescMethod;
    expect(exampleFor(method)).toBe(exampleFor(method));
    expect(exampleFor(method, { ...noRules })).toBe(exampleFor(method));
  });
});

describe("messageExample()", () => {
  it.each(every)("is a %s that comes back as it was", (_, desc, types) => {
    const options = { input: desc, registry: types, many: false };
    const read = readMessages(JSON.stringify(messageExample(desc, noRules)), options);
    expect(read.issues).toEqual([]);
    const [message] = read.messages;
    const written = message === undefined ? "" : writeJson(desc, message, { registry: types });
    expect(readMessages(written, options).messages).toEqual(read.messages);
    // Nothing that is required is missing.
    expect(message && toBinary(desc, message).byteLength).toBeGreaterThanOrEqual(0);
  });
});
