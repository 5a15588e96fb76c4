import { create, createRegistry, type DescMessage, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AnySchema, anyPack, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { compileRichSchema } from "../../request/json/testing/rich-schema.ts";
import { decodeWire } from "./decode-wire.ts";
import { inspectWire } from "./inspect-wire.ts";
import { oldSchema } from "./testing/wire-schema.ts";
import type { WireNode } from "./wire-node.ts";

const { registry, rich } = compileRichSchema();
const { old, registry: oldRegistry } = oldSchema();

function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(" ", ""));
}

/** One line a node: its place in the tree, what it is, and the kinds of its notes. */
function outline(root: WireNode, indent = ""): readonly string[] {
  return (root.children?.() ?? []).flatMap((node) => {
    const name = node.field?.name ?? node.entryPart ?? (node.tag ? `#${node.tag.number}` : node.kind);
    const { value } = node;
    const text = value.kind === "number" ? value.text : "value" in value ? String(value.value) : value.kind;
    const notes = node.notes.map(({ kind, detail }) => (detail === undefined ? kind : `${kind}(${detail})`));
    return [[`${indent}${name} = ${text}`, ...notes].join(" "), ...outline(node, `${indent}  `)];
  });
}

const decoded = (text: string, desc: DescMessage | undefined = rich) =>
  outline(decodeWire(hex(text), desc, { registry: desc === old ? oldRegistry : registry }));

describe("decodeWire()", () => {
  test.each([
    ["a 64-bit integer exactly", "20 ff ff ff ff ff ff ff ff 7f", ["int64_field = 9223372036854775807"]],
    ["the smallest sint64", "40 ff ff ff ff ff ff ff ff ff 01", ["sint64_field = -9223372036854775808"]],
    ["a negative int32", "18 ff ff ff ff ff ff ff ff ff 01", ["int32_field = -1"]],
    ["-0", "09 00 00 00 00 00 00 00 80", ["double_field = -0"]],
    ["a float as short as it was meant", "15 cd cc cc 3d", ["float_field = 0.1"]],
    ["the bits of a NaN", "15 01 00 c0 7f", ["float_field = NaN nanPayload(0x7fc00001)"]],
    ["an enum by its name", "80 01 01", ["color = 1"]],
    ["a number that an open enum lacks", "80 01 4d", ["color = 77 openEnum(77)"]],
    ["a string that is no UTF-8", "72 01 ff", ["string_field = \ufffd invalidUtf8"]],
    ["a packed list", "9a 01 02 01 02", ["longs = packed", "  item = 1", "  item = 2"]],
    ["an unpacked list of a packed field", "98 01 07", ["longs = 7 unpacked"]],
    ["a map's entry", "c2 01 05 08 05 12 01 61", ["by_int32 = entry", "  key = 5", "  value = a"]],
    ["a nested message", "8a 01 02 18 05", ["child = message", "  int32_field = 5"]],
  ])("reads %s", (_, bytes, lines) => {
    expect(decoded(bytes)).toEqual(lines);
  });

  test.each([
    ["a field that the schema lacks", "a0 06 05", ["#100 = 5 unknownField(100)"]],
    ["the wrong wire type", "1a 01 41", ["int32_field = A wrongWireType(0) guessed"]],
    ["a tag in more bytes than it takes", "98 00 05", ["int32_field = 5 longTag"]],
    ["a length in more bytes than it takes", "72 81 00 41", ["string_field = A longLength"]],
    ["a value in more bytes than it takes", "18 85 80 00", ["int32_field = 5 longValue"]],
    ["bits that a 32-bit field drops", "28 80 80 80 80 10", ["uint32_field = 0 droppedBits defaultWritten"]],
    ["a bool of another number", "68 02", ["bool_field = true boolNumber(2)"]],
    ["a default value", "18 00", ["int32_field = 0 defaultWritten"]],
    ["no default value where presence is explicit", "90 01 00", ["maybe = 0"]],
    ["a field that comes twice", "18 01 18 02", ["int32_field = 1 overridden", "int32_field = 2"]],
    ["a message that comes twice", "8a 01 00 8a 01 00", ["child = message", "child = message merged"]],
    ["fields out of order", "20 01 18 01", ["int64_field = 1", "int32_field = 1 outOfOrder(4)"]],
    ["a oneof that is set twice", "ea 01 01 61 f0 01 01", ["text = a oneofAgain(number)", "number = 1"]],
    ["an entry without its key", "c2 01 03 12 01 61", ["by_int32 = entry entryWithoutKey", "  value = a"]],
    ["an entry without its value", "c2 01 02 08 05", ["by_int32 = entry entryWithoutValue", "  key = 5"]],
    [
      "a key that comes twice",
      "c2 01 05 08 05 12 01 61 c2 01 05 08 05 12 01 62",
      ["by_int32 = entry", "  key = 5", "  value = a", "by_int32 = entry duplicateKey(5)", "  key = 5", "  value = b"],
    ],
    [
      "an entry with more than key and value",
      "c2 01 07 08 05 12 01 61 18 01",
      ["by_int32 = entry", "  key = 5", "  value = a", "  #3 = 1 entryExtra(3)"],
    ],
    ["a field's number of 0", "00 01", ["unread = unread badFieldNumber(0)"]],
    ["a field's number over 2^29-1", "80 80 80 80 10 01", ["unread = unread badFieldNumber(536870912)"]],
    ["a wire type that there is none of", "1e 01", ["unread = unread badWireType(6)"]],
    ["a varint that doesn't end", "18 01 20 ff", ["int32_field = 1", "unread = unread truncated"]],
    ["a length over the end", "72 05 41", ["unread = unread overrun(5)"]],
    ["an end of a group that never began", "a4 06", ["unread = unread unmatchedEndGroup(100)"]],
  ])("notes %s", (_, bytes, lines) => {
    expect(decoded(bytes)).toEqual(lines);
  });

  test.each([
    ["a group", "1b 08 05 1c", ["group = message", "  inner = 5"]],
    ["a group without its end", "1b 08 05", ["group = message openGroup", "  inner = 5"]],
    [
      "a group that another one's tag ends",
      "1b 08 05 24",
      ["group = message openGroup", "  inner = 5", "  unread = unread wrongEndGroup(4)"],
    ],
    ["a packed form of an unpacked list", "3a 02 01 02", ["unpacked = packed packed", "  item = -1", "  item = 1"]],
    ["a value that a closed enum lacks", "28 07", ["size = 7 closedEnum(7)"]],
    ["a string of proto2 that is no UTF-8", "0a 01 ff", ["text = \ufffd replacedUtf8"]],
    ["a reserved number", "a8 01 05", ["#21 = 5 reservedNumber(21)"]],
    ["an extension", "a2 06 01 41", ["extra = A"]],
  ])("reads %s of proto2", (_, bytes, lines) => {
    expect(decoded(bytes, old)).toEqual(lines);
  });

  test.each([
    ["text", "0a 05 68 65 6c 6c 6f", ["#1 = hello guessed"]],
    ["a message", "0a 02 08 05", ["#1 = message guessed", "  #1 = 5"]],
    ["bytes", "0a 02 ff fe", ["#1 = 255,254 guessed"]],
    [
      "a message whose bytes could be text",
      "0a 0b 0a 09 20 41 20 41 20 41 20 41 20",
      ["#1 = message guessed", "  #1 =  A A A A  guessed"],
    ],
  ])("guesses without a schema %s", (_, bytes, lines) => {
    expect(outline(decodeWire(hex(bytes), undefined))).toEqual(lines);
  });

  test("reads what an Any of a known type holds", () => {
    const any = anyPack(TimestampSchema, create(TimestampSchema, { seconds: 7n }));
    const root = decodeWire(toBinary(AnySchema, any), AnySchema, { registry: createRegistry(TimestampSchema) });
    expect(outline(root).slice(1)).toEqual(["value = message", "  seconds = 7"]);
  });

  test("reads messages 100 deep, and says that it goes no deeper", () => {
    let bytes = new Uint8Array();
    for (let depth = 1; depth <= 100; depth++) {
      bytes = new BinaryWriter().tag(17, WireType.LengthDelimited).bytes(bytes).finish();
    }
    const { isReadable, notes } = inspectWire(bytes, rich);
    expect(isReadable).toBe(false);
    expect(notes.map(({ node, note }) => [node.depth, note.kind])).toEqual([[100, "tooDeep"]]);
  });

  test("neither overflows nor slows down on a million groups in one another", () => {
    const { isReadable, notes } = inspectWire(new Uint8Array(1_000_000).fill(0x1b), old);
    expect(isReadable).toBe(false);
    expect(notes.map(({ note }) => note.kind)).toEqual(["openGroup", "openGroup", "unknownField"]);
  });

  test("lists so many parts and no more", () => {
    const root = decodeWire(
      new Uint8Array(20).fill(1).map((_, at) => (at % 2 ? 1 : 0x18)),
      rich,
      { mostChildren: 4 },
    );
    const children = root.children?.() ?? [];
    expect(children.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ["field", 0, 2],
      ["field", 2, 4],
      ["field", 4, 6],
      ["field", 6, 8],
      ["unread", 8, 20],
    ]);
  });
});

describe("inspectWire()", () => {
  test("finds the canonical form the same", () => {
    expect(inspectWire(hex("18 05"), rich).canonical).toEqual({ kind: "same" });
  });

  test("says from which byte on another form differs, and why", () => {
    expect(inspectWire(hex("20 01 18 01"), rich).canonical).toEqual({
      kind: "different",
      from: 0,
      bytes: 4,
      reasons: ["outOfOrder"],
    });
  });

  test("has nothing to compare what can't be read with", () => {
    expect(inspectWire(hex("18"), rich)).toMatchObject({ isReadable: false, canonical: { kind: "none" } });
  });

  test("keeps to its bounds and says so", () => {
    const bytes = new Uint8Array(2_000).map((_, at) => (at % 2 ? 1 : 0x18));
    const { notes, noteCount, partCount, isComplete } = inspectWire(bytes, rich, { mostParts: 100, mostNotes: 10 });
    expect([notes.length, noteCount, partCount, isComplete]).toEqual([10, 100, 100, false]);
  });
});
