import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { ArticleListResponseSchema } from "@switchboard/proto/gen/article_pb.js";
import { hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, test } from "vitest";
import { typeRegistry as registry } from "../schema/type-registry.ts";
import { jsonLines } from "./json-line.ts";
import { compactText, prettyText } from "./json-text.ts";
import { viewMessage } from "./view-message.ts";

const person = create(hellojlcReqSchema, {
  name: "<b>Ada</b>",
  age: 36,
  number: { "1": { name: "Lin", isActive: true } },
});
const view = viewMessage(hellojlcReqSchema, person, { registry });

describe("compactText()", () => {
  test("writes one line with what was on the wire", () => {
    expect(compactText(view)).toBe('{"name":"<b>Ada</b>","age":36,"number":{"1":{"name":"Lin","isActive":true}}}');
  });

  test("breaks off after the limit", () => {
    expect(compactText(view, 12)).toBe('{"name":"<b>…');
  });

  test("writes an empty message", () => {
    expect(compactText(viewMessage(hellojlcReqSchema, create(hellojlcReqSchema), { registry }))).toBe("{}");
  });

  test("writes a timestamp as ProtoJSON has it", () => {
    const moment = create(TimestampSchema, { seconds: 1n, nanos: 5 });
    expect(compactText(viewMessage(TimestampSchema, moment, { registry }))).toBe('"1970-01-01T00:00:01.000000005Z"');
  });
});

describe("prettyText()", () => {
  test("indents by two spaces", () => {
    const list = create(ArticleListResponseSchema, { articles: [{ id: 100, title: "xx" }] });
    expect(prettyText(viewMessage(ArticleListResponseSchema, list, { registry }))).toBe(
      '{\n  "articles": [\n    {\n      "id": 100,\n      "title": "xx"\n    }\n  ]\n}',
    );
  });
});

describe("jsonLines()", () => {
  test("shows fields that were not on the wire, marked", () => {
    const lines = jsonLines(viewMessage(hellojlcReqSchema, create(hellojlcReqSchema), { registry }), new Set());
    expect(lines.map(({ name, isSet, bracket }) => [name, isSet, bracket])).toEqual([
      [undefined, true, "{"],
      ["name", false, ""],
      ["age", false, ""],
      ["number", false, "{}"],
      [undefined, true, "}"],
    ]);
  });

  test("takes one line for a folded node", () => {
    const lines = jsonLines(view, new Set(["$/2"]));
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatchObject({ name: "number", bracket: "{}", fold: { isFolded: true, count: 1 } });
  });
});
