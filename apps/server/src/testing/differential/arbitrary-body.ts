import { brotliCompressSync, gzipSync } from "node:zlib";
import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";
import fc from "fast-check";

/** How messages are written. */
export type Codec = "proto" | "json";

/** A body before it is put together. */
export interface BodyPlan {
  readonly codec: Codec;
  /** Whether each message has a prefix. */
  readonly enveloped: boolean;
  /** The encoding by which payloads are really compressed; any but `gzip` and `br` leaves them as they are. */
  readonly encoding: string;
  readonly payloads: readonly Uint8Array[];
}

const arbitraryShortName = fc.string({ unit: "grapheme", maxLength: 10 });

/** Names that are longer than the strict profile reads, and one that is long enough for compression to set in. */
const arbitraryLongName = fc.constantFrom("n".repeat(1_500), "long ".repeat(50));

const arbitraryMessage = (arbitraryName: fc.Arbitrary<string>) =>
  fc
    .record({
      name: arbitraryName,
      age: fc.integer(),
      number: fc.dictionary(
        fc.string({ maxLength: 4 }).filter((key) => key !== "__proto__"),
        fc.record({ name: fc.string({ maxLength: 4 }), age: fc.nat(), isActive: fc.boolean() }),
        { maxKeys: 1 },
      ),
    })
    .map((init) => create(hellojlcReqSchema, init));

/** Payloads that hold a message. */
export function arbitraryPayload(codec: Codec, size: "short" | "long" = "short"): fc.Arbitrary<Uint8Array> {
  return arbitraryMessage(size === "short" ? arbitraryShortName : arbitraryLongName).map((message) =>
    codec === "proto" ? toBinary(hellojlcReqSchema, message) : Buffer.from(toJsonString(hellojlcReqSchema, message)),
  );
}

const oddProto = [
  "0a", // a length without bytes
  "0a05616263", // a string cut short
  "0a02fffe", // a string that is no UTF-8
  "10ffffffffffffffffffff01", // a varint of eleven bytes
  "07", // a wire type that doesn't exist
  "00", // field number 0
  "0c", // the end of a group that never began
  "1801", // an unknown field
  "0d01000000", // a string's number with a fixed32
  "220012", // a map entry, and half a field
  "0a01610a0162", // a string twice
];

const oddJson = [
  "",
  " ",
  "{",
  "null",
  "[]",
  "1",
  '"text"',
  "{} {}",
  "{}x",
  '{"nme":1}',
  '{"name":1}',
  '{"name":null}',
  '{"age":1.5}',
  '{"age":1.0}',
  '{"age":"12"}',
  '{"age":"12a"}',
  '{"age":2147483648}',
  '{"age":1e3}',
  '{"age":1,"age":2}',
  '{"number":{"a":{"is_active":true}}}',
  '{"number":{"a":{"isActive":"true"}}}',
  '{"number":[]}',
  '{"name":"\\ud800"}',
  '{"name":"\\u0041"}',
  '\ufeff{"name":"b"}',
  "{'name':'a'}",
  '{"name":"a",}',
];

/** Payloads that hold no message, or one that is written oddly. */
export function arbitraryOddPayload(codec: Codec): fc.Arbitrary<Uint8Array> {
  const noise = fc.uint8Array({ maxLength: 12 });
  return codec === "proto"
    ? fc.oneof(
        fc.constantFrom(...oddProto).map((text) => Buffer.from(text, "hex")),
        noise,
      )
    : fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...oddJson).map((text) => Buffer.from(text)) },
        { weight: 1, arbitrary: fc.constant(Buffer.from('{"name":"\xff"}', "latin1")) },
        { weight: 1, arbitrary: noise },
      );
}

/** What a prefix may say instead of the truth, or what may stand in the body instead of what should. */
export interface EnvelopeOddity {
  /** Flags that are set besides those that belong. */
  readonly flags: number;
  /** Added to the length that is told; `huge` tells the most that four bytes can. */
  readonly length: number | "huge";
  /** Bytes that are missing at the end of the body. */
  readonly missing: number;
  readonly trailing: Uint8Array;
}

/** The prefix of every message as it should be. */
export const noOddity: EnvelopeOddity = { flags: 0, length: 0, missing: 0, trailing: new Uint8Array(0) };

/** One thing that is wrong with envelopes. */
export const arbitraryOddEnvelope: fc.Arbitrary<EnvelopeOddity> = fc.oneof(
  fc.constantFrom(1, 2, 4, 8, 0x40, 0x80, 0x81, 0x82, 0xff, 3).map((flags) => ({ ...noOddity, flags })),
  fc.constantFrom<number | "huge">(1, 2, 300, "huge").map((length) => ({ ...noOddity, length })),
  fc.integer({ min: 1, max: 8 }).map((missing) => ({ ...noOddity, missing })),
  // A payload that lacks its end, with a length that fits: a byte too many would be a second fault.
  fc.constant({ ...noOddity, length: -1, missing: 1 }),
  fc.uint8Array({ minLength: 1, maxLength: 8 }).map((trailing) => ({ ...noOddity, trailing })),
);

const compressedFlag = 1;
const maxLength = 0xffffffff;

/** Puts a body together. */
export function buildBody({ enveloped, encoding, payloads }: BodyPlan, oddity: EnvelopeOddity): Uint8Array {
  const compressed = payloads.map((payload) => compress(payload, encoding));
  const isCompressed = encoding === "gzip" || encoding === "br";
  const pieces = enveloped
    ? compressed.map((data) => envelope(data, (isCompressed ? compressedFlag : 0) | oddity.flags, oddity.length))
    : compressed;
  const whole = Buffer.concat([...pieces, oddity.trailing]);
  return whole.subarray(0, Math.max(0, whole.byteLength - oddity.missing));
}

function compress(payload: Uint8Array, encoding: string): Uint8Array {
  switch (encoding) {
    case "gzip":
      return gzipSync(payload);
    case "br":
      return brotliCompressSync(payload);
    default:
      return payload;
  }
}

function envelope(data: Uint8Array, flags: number, length: EnvelopeOddity["length"]): Uint8Array {
  const prefix = Buffer.alloc(5);
  prefix[0] = flags;
  prefix.writeUInt32BE(length === "huge" ? maxLength : Math.max(0, data.byteLength + length), 1);
  return Buffer.concat([prefix, data]);
}
