import { encodeEnvelope } from "@connectrpc/connect/protocol";
import fc from "fast-check";
import type { Field } from "../hpack.ts";
import { dataFrame, flags, frame, frameTypes, headersFrame } from "../http2-frames.ts";

/** What a server sends on a stream, and how it leaves. */
export interface RandomAnswer {
  /** The bytes for the stream of this number. */
  readonly bytes: (stream: number) => Buffer;
  /** Whether the connection stays open behind them, ends, or breaks. */
  readonly end: "stay" | "end" | "break";
}

type Piece = (stream: number) => Buffer;

const headFields: readonly (readonly Field[])[] = [
  [
    [":status", "200"],
    ["content-type", "application/grpc"],
  ],
  [
    [":status", "200"],
    ["content-type", "application/grpc+proto"],
    ["x-a", "1"],
    ["x-a", "2"],
  ],
  [
    [":status", "200"],
    ["content-type", "application/grpc"],
    ["grpc-status", "0"],
  ],
  [
    [":status", "200"],
    ["content-type", "text/html"],
  ],
  [
    [":status", "503"],
    ["content-type", "text/plain"],
  ],
  [[":status", "100"]],
  [[":status", "103"]],
  [
    [":status", "204"],
    ["content-type", "application/grpc"],
  ],
  [
    [":status", "999"],
    ["content-type", "application/grpc"],
  ],
  [["content-type", "application/grpc"]],
  [
    [":status", "200"],
    ["connection", "close"],
  ],
  [
    [":status", "200"],
    ["content-type", "application/grpc"],
    ["content-length", "3"],
  ],
];

const endFields: readonly (readonly Field[])[] = [
  [["grpc-status", "0"]],
  [
    ["grpc-status", "0"],
    ["x-end-bin", "AAE"],
  ],
  [
    ["grpc-status", "13"],
    ["grpc-message", "100%zz"],
  ],
  [["grpc-status", "00"]],
  [["grpc-status", "99"]],
  [["grpc-status", ""]],
  [["x-a", "no status"]],
  [[":status", "200"]],
  [["grpc-message", "a\nb"]],
];

const setFlags = fc.constantFrom(flags.none, flags.endStream);
const head = fc.record({ fields: fc.constantFrom(...headFields), flag: fc.constantFrom(0, 0, 0, flags.endStream) }).map(
  ({ fields, flag }): Piece =>
    (stream) =>
      headersFrame(stream, fields, flag | flags.endHeaders),
);
const trailers = fc.constantFrom(...endFields).map(
  (fields): Piece =>
    (stream) =>
      headersFrame(stream, fields, flags.endStream | flags.endHeaders),
);
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const envelope = fc
  .record({ flag: fc.constantFrom(0, 0, 0, 0, 1, 2, 0x80, 0xff), payload: noise, lie: fc.constantFrom(0, 0, 0, 1, -1) })
  .map(({ flag, payload, lie }) => {
    const prefix = Buffer.alloc(5, flag);
    prefix.writeUInt32BE(Math.max(0, payload.byteLength + lie), 1);
    return Buffer.concat([prefix, payload]);
  });
const data = fc.record({ payload: fc.oneof({ weight: 4, arbitrary: envelope }, noise), flag: setFlags }).map(
  ({ payload, flag }): Piece =>
    (stream) =>
      frame(frameTypes.data, flag, stream, payload),
);
const reset = fc.integer({ min: 0, max: 14 }).map((code): Piece => {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code);
  return (stream) => frame(frameTypes.reset, flags.none, stream, payload);
});
const anyFrame = fc
  .record({
    type: fc.constantFrom(...Object.values(frameTypes), 5, 10, 200),
    flag: fc.constantFrom(0, 1, 4, 5, 8, 32, 255),
    at: fc.constantFrom("own", "own", "connection", "next", "even"),
    payload: fc.oneof(noise, fc.constantFrom(Buffer.alloc(4), Buffer.alloc(8), Buffer.alloc(17))),
  })
  .map(
    ({ type, flag, at, payload }): Piece =>
      (stream) =>
        frame(type, flag, at === "own" ? stream : at === "connection" ? 0 : stream + (at === "next" ? 2 : 1), payload),
  );

/** An answer as servers give it. */
const right = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 1), noise), { maxLength: 4 }), fc.constantFrom("0", "0", "5"))
  .map(([messages, status]): Piece[] => [
    (stream) =>
      headersFrame(stream, [
        [":status", "200"],
        ["content-type", "application/grpc"],
      ]),
    ...messages.map(
      ([flag, payload]): Piece =>
        (stream) =>
          dataFrame(stream, encodeEnvelope(flag, payload)),
    ),
    (stream) => headersFrame(stream, [["grpc-status", status]], flags.endStream | flags.endHeaders),
  ]);
/** An answer of pieces in their order, each of which may be odd. */
const ordered = fc
  .tuple(head, fc.array(data, { maxLength: 4 }), trailers)
  .map(([first, middle, last]) => [first, ...middle, last]);
const disordered = fc.array(fc.oneof(head, data, data, trailers, reset, anyFrame), { maxLength: 8 });
const cutOff = fc
  .tuple(head, fc.array(data, { maxLength: 3 }), reset)
  .map(([first, rest, end]) => [first, ...rest, end]);

/** A change of bytes anywhere. */
const mutation = fc.record({
  kind: fc.constantFrom("none", "none", "none", "flip", "cut", "insert", "repeat"),
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: noise,
});

/** Answers of valid frames, of valid frames that were changed, and of bytes that make no sense. */
export const arbitraryAnswer: fc.Arbitrary<RandomAnswer> = fc
  .record({
    pieces: fc.oneof(
      { weight: 4, arbitrary: right },
      { weight: 3, arbitrary: ordered },
      { weight: 3, arbitrary: disordered },
      { weight: 2, arbitrary: cutOff },
      { weight: 1, arbitrary: noise.map((bytes): Piece[] => [() => bytes]) },
    ),
    mutation,
    end: fc.constantFrom<RandomAnswer["end"]>("stay", "stay", "stay", "end", "break"),
  })
  .map(({ pieces, mutation: { kind, where, bytes }, end }) => ({
    bytes: (stream) => {
      const whole = Buffer.concat(pieces.map((piece) => piece(stream)));
      const at = Math.floor(whole.byteLength * where);
      switch (kind) {
        case "flip":
          return Buffer.from(whole.map((byte, i) => (i === at ? byte ^ (bytes[0] ?? 1) : byte)));
        case "cut":
          return whole.subarray(0, at);
        case "insert":
          return Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]);
        case "repeat":
          return Buffer.concat([whole.subarray(0, at), whole]);
        default:
          return whole;
      }
    },
    end,
  }));
