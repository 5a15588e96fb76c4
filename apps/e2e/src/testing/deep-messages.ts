import type { RawMessage } from "./answer-raw.ts";

/** How deep the messages are nested: fifty times as deep as parsers of protobuf read. */
export const depth = 5_000;

/** A `switchboard.testing.v1.Node` in the field `next` of another, and so on. */
export function deepNode(): RawMessage {
  const next = Buffer.of(0x12);
  return { binary: nest(next, Buffer.of()), json: `${'{"next":'.repeat(depth)}{}${"}".repeat(depth)}` };
}

/** A `switchboard.testing.v1.WellKnown` whose `any` holds an `Any`, and so on: a parser takes each for mere bytes. */
export function deepAny(): RawMessage {
  const type = "type.googleapis.com/google.protobuf.Any";
  const head = Buffer.concat([Buffer.of(0x0a, type.length), Buffer.from(type), Buffer.of(0x12)]);
  const any = nest(head, Buffer.of());
  const object = `{"@type":"${type}","value":`;
  return {
    binary: Buffer.concat([Buffer.of(0x42), varint(any.length), any]),
    json: `{"any":${object.repeat(depth)}{}${"}".repeat(depth)}}`,
  };
}

/** Groups of a field that no schema has, each in the next. */
export function deepGroups(): RawMessage {
  return { binary: Buffer.concat([Buffer.alloc(depth, 0x7b), Buffer.alloc(depth, 0x7c)]), json: "{}" };
}

function nest(head: Uint8Array, innermost: Uint8Array): Buffer {
  const parts: Uint8Array[] = [innermost];
  let length = innermost.byteLength;
  for (let level = 0; level < depth; level++) {
    const size = varint(length);
    parts.push(size, head);
    length += size.byteLength + head.byteLength;
  }
  return Buffer.concat(parts.reverse());
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) {
    bytes.push((rest & 0x7f) | 0x80);
  }
  return Uint8Array.of(...bytes, rest);
}
