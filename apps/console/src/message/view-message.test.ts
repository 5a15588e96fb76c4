import { create, createRegistry, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import {
  type Any,
  AnySchema,
  anyPack,
  DurationSchema,
  file_google_protobuf_struct,
  StringValueSchema,
  StructSchema,
  TimestampSchema,
} from "@bufbuild/protobuf/wkt";
import { HelloReplySchema } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, test } from "vitest";
import { readTestingSchema } from "../schema/testing/testing-schema.ts";
import { typeRegistry } from "../schema/type-registry.ts";
import { compactText } from "./json-text.ts";
import { eachChild } from "./view-children.ts";
import { viewMessage } from "./view-message.ts";
import { isBranch, type ViewEntry, type ViewNode } from "./view-node.ts";

const registry = createRegistry(typeRegistry, HelloReplySchema, file_google_protobuf_struct);

function entriesOf(node: ViewNode): ViewEntry[] {
  return isBranch(node) ? [...eachChild(node.children())] : [];
}

describe("viewMessage()", () => {
  test("unpacks an Any: the fields of a message beside its type, or the value of a type that has a form of its own", () => {
    const view = (message: Message, desc: Parameters<typeof anyPack>[0]) =>
      viewMessage(AnySchema, anyPack(desc, message), { registry });
    expect(compactText(view(create(HelloReplySchema, { message: "hi" }), HelloReplySchema))).toBe(
      '{"@type":"type.googleapis.com/HelloReply","message":"hi"}',
    );
    expect(compactText(view(create(DurationSchema, { seconds: 90n }), DurationSchema))).toBe(
      '{"@type":"type.googleapis.com/google.protobuf.Duration","value":"90s"}',
    );
  });

  test("shows an Any in an Any as its value, however deep they go", () => {
    const pack = (inner: Any, depth: number): Any => (depth === 0 ? inner : pack(anyPack(AnySchema, inner), depth - 1));
    const two = pack(create(AnySchema), 2);
    const type = '"@type":"type.googleapis.com/google.protobuf.Any"';
    const known = createRegistry(registry, AnySchema);
    expect(compactText(viewMessage(AnySchema, two, { registry: known }))).toBe(
      `{${type},"value":{${type},"value":{}}}`,
    );
    let deep = create(AnySchema);
    for (let depth = 0; depth < 5_000; depth++) {
      deep = anyPack(AnySchema, deep);
    }
    expect(compactText(viewMessage(AnySchema, deep, { registry: known })).split(type)).toHaveLength(5_001);
  });

  test("shows an Any of an unknown type, and a time out of range, by their fields", () => {
    const any = create(AnySchema, { typeUrl: "example.com/no.such", value: Uint8Array.of(1) });
    expect(compactText(viewMessage(AnySchema, any, { registry }))).toBe(
      '{"typeUrl":"example.com/no.such","value":"AQ=="}',
    );
    const late = create(TimestampSchema, { seconds: 999_999_999_999_999n });
    expect(compactText(viewMessage(TimestampSchema, late, { registry }))).toBe('{"seconds":"999999999999999"}');
  });

  test("shows wrappers as their value, and structs as the JSON that they are", () => {
    const wrapper = create(StringValueSchema, { value: "x" });
    expect(viewMessage(StringValueSchema, wrapper, { registry })).toEqual({ kind: "string", value: "x" });
    const struct = create(StructSchema, {
      fields: { ["__proto__"]: { kind: { case: "numberValue", value: 1 } } },
    });
    expect(compactText(viewMessage(StructSchema, struct, { registry }))).toBe('{"__proto__":1}');
  });

  test("keeps the fields that the schema lacks, one for each time they came, and leaves them out of JSON", () => {
    const writer = new BinaryWriter();
    writer.tag(9, WireType.Varint).uint32(1).tag(9, WireType.Varint).uint32(2);
    const bytes = Uint8Array.of(
      ...toBinary(HelloReplySchema, create(HelloReplySchema, { message: "hi" })),
      ...writer.finish(),
    );
    const node = viewMessage(HelloReplySchema, fromBinary(HelloReplySchema, bytes), { registry });
    expect(entriesOf(node).map(({ name, unknownNumber }) => [name, unknownNumber])).toEqual([
      ["message", undefined],
      ["#9", 9],
      ["#9", 9],
    ]);
    expect(compactText(node)).toBe('{"message":"hi"}');
  });

  test("decodes extensions that the registry knows", () => {
    const schema = readTestingSchema();
    const desc = schema.message("Legacy");
    const writer = new BinaryWriter();
    writer.tag(1000, WireType.Varint).int64("9007199254740993");
    writer.tag(1003, WireType.Varint).int32(10).tag(1003, WireType.Varint).int32(1);
    const legacy = fromBinary(desc, writer.finish());
    const view = viewMessage(desc, legacy, { registry: schema.registry, showsDefaults: false });
    expect(compactText(view)).toBe(
      '{"[switchboard.testing.v1.extra_number]":"9007199254740993",' +
        '"[switchboard.testing.v1.extra_levels]":["LEVEL_HIGH","LEVEL_LOW"]}',
    );
    expect(entriesOf(view)[0]?.step).toBe(".(switchboard.testing.v1.extra_number)");
  });

  test("leaves out what was not on the wire where defaults are not wanted", () => {
    const reply = create(HelloReplySchema);
    expect(entriesOf(viewMessage(HelloReplySchema, reply, { registry }))).toMatchObject([
      { name: "message", isSet: false },
    ]);
    expect(entriesOf(viewMessage(HelloReplySchema, reply, { registry, showsDefaults: false }))).toEqual([]);
  });
});
