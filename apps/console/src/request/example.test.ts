import { createFileRegistry, type DescMethod, fromJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { findMethod, serviceGroups } from "../schema/service-catalog.ts";
import { typeRegistry } from "../schema/type-registry.ts";
import { exampleFor } from "./example.ts";
import { readMessages } from "./json/read-messages.ts";
import { compileRichSchema } from "./json/testing/rich-schema.ts";

const methods = serviceGroups.flatMap(({ services }) => services.flatMap((service) => service.methods));

function readsStream({ methodKind }: DescMethod): boolean {
  return methodKind === "client_streaming" || methodKind === "bidi_streaming";
}

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
    const { registry, rich } = compileRichSchema();
    const file = fromJson(FileDescriptorProtoSchema, {
      name: "service.proto",
      dependency: ["rich.proto"],
      service: [{ name: "Other", method: [{ name: "Call", inputType: ".rich.Rich", outputType: ".rich.Rich" }] }],
    });
    const other = createFileRegistry(file, (name) => registry.getFile(name)).getService("Other");
    const text = exampleFor(other?.methods[0] as DescMethod);
    expect(readMessages(text, { input: rich, registry, many: false }).issues).toEqual([]);
    const fields = JSON.parse(text);
    expect(fields).toMatchObject({ int64Field: "0", color: "COLOR_RED", colors: ["COLOR_RED"], text: "" });
    expect(fields).not.toHaveProperty("child");
    expect(fields).not.toHaveProperty("number");
  });
});
