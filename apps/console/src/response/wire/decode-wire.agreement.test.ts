import { type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryMessage } from "../../request/json/testing/arbitrary-message.ts";
import { compileRichSchema } from "../../request/json/testing/rich-schema.ts";
import { decodeWire } from "./decode-wire.ts";
import { inspectWire, type WireInspection } from "./inspect-wire.ts";
import { oldSchema } from "./testing/wire-schema.ts";
import { leavesIn, pathTo } from "./wire-leaves.ts";
import type { WireNode } from "./wire-node.ts";

const { registry, rich } = compileRichSchema();
const { old, registry: oldRegistry } = oldSchema();
const runs = { numRuns: 1_000 };

/** A field that may well be wrong: its number, its wire type and its bytes. */
const record: fc.Arbitrary<Uint8Array> = fc.letrec<{ record: Uint8Array }>((tie) => ({
  record: fc.oneof(
    { depthSize: "small" },
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 3n)))
      .map(([no, value]) => new BinaryWriter().tag(no, WireType.Varint).uint64(value).finish()),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.uint8Array({ minLength: 8, maxLength: 8 }))
      .map(([no, bytes]) => new BinaryWriter().tag(no, WireType.Bit64).raw(bytes).finish()),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.uint8Array({ minLength: 4, maxLength: 4 }))
      .map(([no, bytes]) => new BinaryWriter().tag(no, WireType.Bit32).raw(bytes).finish()),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.uint8Array({ maxLength: 9 }))
      .map(([no, bytes]) => new BinaryWriter().tag(no, WireType.LengthDelimited).bytes(bytes).finish()),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.array(tie("record"), { maxLength: 3 }))
      .map(([no, inner]) => new BinaryWriter().tag(no, WireType.LengthDelimited).bytes(joined(inner)).finish()),
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.array(tie("record"), { maxLength: 3 }), fc.boolean())
      .map(([no, inner, isClosed]) => {
        const writer = new BinaryWriter().tag(no, WireType.StartGroup).raw(joined(inner));
        return (isClosed ? writer.tag(no, WireType.EndGroup) : writer).finish();
      }),
  ),
})).record;

const records = fc.array(record, { maxLength: 6 }).map(joined);

const edit = fc.record({
  at: fc.nat({ max: 400 }),
  removed: fc.nat({ max: 3 }),
  added: fc.uint8Array({ maxLength: 3 }),
});

function mutated(messages: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(messages, fc.array(edit, { maxLength: 2 })).map(([bytes, edits]) =>
    edits.reduce((before, { at, removed, added }) => {
      const place = at % (before.byteLength + 1);
      return joined([before.subarray(0, place), added, before.subarray(place + removed)]);
    }, bytes),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

const encodings = arbitraryMessage(rich, registry).map((message) => toBinary(rich, message));
const anyBytes = fc.uint8Array({ maxLength: 48 });

describe.each([
  ["rich.Rich, random bytes", rich, registry, anyBytes],
  ["rich.Rich, random fields", rich, registry, records],
  ["rich.Rich, encodings", rich, registry, encodings],
  ["rich.Rich, spoilt encodings", rich, registry, mutated(encodings)],
  ["old.Old, random bytes", old, oldRegistry, anyBytes],
  ["old.Old, random fields", old, oldRegistry, records],
  ["old.Old, spoilt fields", old, oldRegistry, mutated(records)],
] as const)("of %s", (_, desc, types, arbitrary) => {
  test("decodeWire() reads what protobuf-es reads, and as the same values", () => {
    let compared = 0;
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        const inspection = inspectWire(bytes, desc, { registry: types });
        if (isReadOtherwise(inspection, bytes)) {
          return;
        }
        compared++;
        const message = read(desc, bytes);
        expect(inspection.isReadable).toBe(message !== undefined);
        if (message !== undefined) {
          const rebuilt = reflect(desc, undefined, false);
          fill(rebuilt, decodeWire(bytes, desc), bytes);
          expect(toBinary(desc, rebuilt.message)).toEqual(toBinary(desc, message));
        }
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(runs.numRuns / 20);
  });

  test("every byte belongs to exactly one leaf", () => {
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        for (const type of [desc, undefined]) {
          const root = decodeWire(bytes, type, { registry: types });
          const leaves = leavesIn(root, root);
          expect(leaves.map(({ from }) => from)).toEqual([0, ...leaves.map(({ to }) => to)].slice(0, leaves.length));
          expect(leaves.at(-1)?.to ?? 0).toBe(bytes.byteLength);
          for (const { from, to, node } of leaves) {
            expect(leavesIn(root, { from, to: from + 1 }).map((leaf) => [leaf.from, leaf.to])).toEqual([[from, to]]);
            expect(pathTo(root, from).at(-1)).toBe(node);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("inspectWire() says why an encoding is not the canonical one, and of that nothing", () => {
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        const { canonical, isReadable, notes } = inspectWire(bytes, desc, { registry: types });
        if (canonical?.kind === "different") {
          expect(canonical.reasons).not.toEqual([]);
        }
        if (canonical?.kind === "same" && isReadable) {
          // The bytes of a field that the schema lacks are kept as they are.
          const known = notes.filter(({ node }) => node.field !== undefined || node.entryPart !== undefined);
          const kinds = known.map(({ note }) => note.kind);
          expect(
            kinds.filter((kind) => ["longTag", "longLength", "outOfOrder", "packed", "unpacked"].includes(kind)),
          ).toEqual([]);
        }
      }),
      runs,
    );
  });
});

function read(desc: DescMessage, bytes: Uint8Array): Message | undefined {
  try {
    return fromBinary(desc, bytes);
  } catch {
    return undefined;
  }
}

/** Where protobuf-es takes bytes otherwise than the encoding's rules say: see `decodeWire`. */
function isReadOtherwise({ notes }: WireInspection, bytes: Uint8Array): boolean {
  return notes.some(({ node, note: { kind, detail = "" } }) => {
    switch (kind) {
      case "wrongWireType":
      case "longVarint":
      case "closedEnum":
        return true;
      case "overrun":
        return node.to < bytes.byteLength || BigInt(detail) >= 2n ** 32n;
      case "truncated":
      case "openGroup":
        return node.to < bytes.byteLength;
      default:
        return false;
    }
  });
}

/** Builds a message of a tree's values alone, as a parser would. */
function fill(into: ReflectMessage, node: WireNode, bytes: Uint8Array): void {
  for (const child of node.children?.() ?? []) {
    const { field, tag, value } = child;
    if (tag === undefined) {
      throw new Error(`${child.kind} among the fields of a message that was read`);
    }
    if (field === undefined || field.kind === "extension") {
      unknownOf(into).push({ no: tag.number, wireType: tag.wireType, data: bytes.subarray(tag.to, child.to) });
    } else if (field.fieldKind === "map") {
      const parts = child.children?.() ?? [];
      const key = parts.findLast(({ entryPart }) => entryPart === "key");
      const values = parts.filter(({ entryPart }) => entryPart === "value");
      const map = into.get(field);
      const zero = { string: "", bool: false }[String(keyKind(field.mapKey))] ?? 0;
      const merged = field.message && reflect(field.message, undefined, false);
      for (const part of merged === undefined ? [] : values) {
        fill(merged as ReflectMessage, part, bytes);
      }
      const last = values.at(-1);
      map.set((key ? plain(key) : zero) as never, (merged ?? (last ? plain(last) : emptyValue(field))) as never);
    } else if (field.fieldKind === "list") {
      const items = value.kind === "packed" ? (child.children?.() ?? []) : [child];
      for (const item of items) {
        into.get(field).add(field.message ? inner(field.message, undefined, item, bytes) : plain(item));
      }
    } else if (field.fieldKind === "message") {
      const before = into.isSet(field) ? into.get(field) : undefined;
      into.set(field, inner(field.message, before, child, bytes));
    } else if (value.kind === "enum" && value.name === undefined && !value.desc.open) {
      const data = new BinaryWriter().uint32(value.value >>> 0).finish();
      unknownOf(into).push({ no: tag.number, wireType: tag.wireType, data });
    } else {
      into.set(field, plain(child));
    }
  }
}

function inner(
  desc: DescMessage,
  before: ReflectMessage | undefined,
  node: WireNode,
  bytes: Uint8Array,
): ReflectMessage {
  const message = before ?? reflect(desc, undefined, false);
  fill(message, node, bytes);
  return message;
}

function unknownOf({ message }: ReflectMessage): { no: number; wireType: number; data: Uint8Array }[] {
  message.$unknown ??= [];
  return message.$unknown;
}

function plain({ value }: WireNode): unknown {
  return "value" in value ? value.value : undefined;
}

function keyKind(scalar: number): "string" | "bool" | undefined {
  return scalar === 9 ? "string" : scalar === 8 ? "bool" : undefined;
}

function emptyValue(field: {
  readonly mapKind: string;
  readonly scalar?: number;
  readonly enum?: { values: readonly { number: number }[] };
}): unknown {
  if (field.enum !== undefined) {
    return field.enum.values[0]?.number;
  }
  const zeros: Readonly<Record<number, unknown>> = {
    9: "",
    8: false,
    12: new Uint8Array(),
    3: 0n,
    4: 0n,
    6: 0n,
    16: 0n,
    18: 0n,
  };
  return zeros[field.scalar ?? 0] ?? 0;
}
