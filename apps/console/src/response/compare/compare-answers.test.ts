import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnswerSnapshot } from "./answer-snapshot.ts";
import { compareAnswers } from "./compare-answers.ts";
import { compareModels } from "./compare-models.ts";
import type { MessageModel } from "./message-model.ts";

const name = fc.constantFrom("a", "b", "__proto__", "constructor", "content-type", "trailer-x", "date");
const fields = fc.array(fc.tuple(name, fc.string({ maxLength: 3 })), { maxLength: 5 });

const model: fc.Arbitrary<MessageModel> = fc.letrec<{ model: MessageModel }>((tie) => ({
  model: fc.oneof(
    { maxDepth: 3 },
    fc.jsonValue({ maxDepth: 0 }).map((json): MessageModel => ({ kind: "leaf", text: JSON.stringify(json) })),
    fc
      .array(fc.tuple(name, tie("model")), { maxLength: 3 })
      .map((all): MessageModel => ({ kind: "object", members: new Map(all) })),
    fc.array(tie("model"), { maxLength: 3 }).map((items): MessageModel => ({ kind: "list", items })),
  ),
})).model;

const answer: fc.Arbitrary<AnswerSnapshot> = fc.record({
  protocol: fc.constantFrom("connect-json", "grpc-web", "websocket"),
  status: fc.option(
    fc.record({
      code: fc.constantFrom(0 as const),
      name: fc.constantFrom("OK"),
      message: fc.string({ maxLength: 2 }),
      origin: fc.constantFrom("server", "gateway"),
    }),
    { nil: undefined },
  ),
  headers: fields,
  trailers: fields,
  isFolded: fc.boolean(),
  messages: fc.array(model, { maxLength: 3 }),
  messageCount: fc.nat(3),
  carriedBytes: fc.nat(9),
  compression: fc.constantFrom(undefined, "gzip"),
  framing: fc.constantFrom("body", "envelopes"),
  endedMs: fc.nat(),
  headersMs: fc.constant(undefined),
});

describe("compareAnswers()", () => {
  test("finds nothing between equal answers, whatever their times", () => {
    fc.assert(
      fc.property(answer, fc.nat(), (one, endedMs) => {
        expect(compareAnswers([one, structuredClone({ ...one, endedMs }), one])).toEqual([]);
      }),
    );
  });

  test("finds the same mirrored between swapped answers", () => {
    fc.assert(
      fc.property(answer, answer, (one, other) => {
        const mirrored = compareAnswers([other, one]).map((found) => ({ ...found, values: found.values.toReversed() }));
        expect(mirrored).toEqual(compareAnswers([one, other]));
      }),
    );
  });

  const plain: AnswerSnapshot = {
    protocol: "connect-json",
    status: { code: 0, name: "OK", message: "", origin: "server" },
    headers: [],
    trailers: [],
    isFolded: true,
    messages: [],
    messageCount: 1,
    carriedBytes: 10,
    compression: undefined,
    framing: "body",
    endedMs: 5,
    headersMs: 1,
  };

  test.each([
    [
      "content-type",
      [["content-type", "application/json"]],
      [["content-type", "application/grpc-web+proto"]],
      "contentType",
    ],
    ["trailer-x", [["trailer-x", "1"]], [], "trailerPrefix"],
    ["date", [["date", "now"]], [["date", "then"]], "perAnswer"],
    ["x-shard", [["x-shard", "1"]], [["x-shard", "2"]], undefined],
  ] as const)("explains %s where the protocol does", (place, headers, others, expected) => {
    const found = compareAnswers([
      { ...plain, headers },
      { ...plain, headers: others, protocol: "grpc-web" },
    ]);
    expect(found).toMatchObject([{ part: "header", place, expected }]);
  });

  test("explains no content type within one protocol", () => {
    const other: AnswerSnapshot = { ...plain, headers: [["content-type", "text/html"]] };
    expect(compareAnswers([plain, other])).toMatchObject([{ place: "content-type", expected: undefined }]);
  });

  test("tells repeats that fetch folded from other values, and another order of the same fields", () => {
    const one: AnswerSnapshot = {
      ...plain,
      headers: [
        ["a", "1, 2"],
        ["b", "3"],
        ["c", "4"],
      ],
    };
    const other: AnswerSnapshot = {
      ...plain,
      isFolded: false,
      headers: [
        ["c", "4"],
        ["b", "3"],
        ["a", "1"],
        ["a", "2"],
      ],
    };
    expect(compareAnswers([one, other])).toEqual([
      { part: "header", place: "a", values: ["1, 2", "1 | 2"], expected: "folded" },
      { part: "headerOrder", place: "", values: ["b, c", "c, b"], expected: "folded" },
    ]);
  });
});

describe("compareModels()", () => {
  const leaf = (text: string): MessageModel => ({ kind: "leaf", text });
  const object = (members: Record<string, MessageModel>): MessageModel => ({
    kind: "object",
    members: new Map(Object.entries(members)),
  });

  test("names each place", () => {
    const one = object({
      user: object({ emails: { kind: "list", items: [leaf('"a"'), leaf('"b"')] } }),
      "a b": leaf("1"),
    });
    const other = object({ user: object({ emails: { kind: "list", items: [leaf('"a"')] } }), "a b": leaf("2") });
    expect(compareModels([one, other]).differences).toEqual([
      { path: '["a b"]', values: ["1", "2"] },
      { path: "user.emails[1]", values: ['"b"', undefined] },
    ]);
  });

  test("stops at its bound and says so", () => {
    const list = (text: string): MessageModel => ({ kind: "list", items: Array.from({ length: 9 }, () => leaf(text)) });
    const { differences, isCut } = compareModels([list("1"), list("2")], 4);
    expect([differences.length, isCut]).toEqual([4, true]);
  });
});
