import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { ArticleListResponseSchema } from "@switchboard/proto/gen/article_pb.js";
import { hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, test } from "vitest";
import { typeRegistry as registry } from "../schema/type-registry.ts";
import { compactText, prettyText } from "./json-text.ts";
import { listNode } from "./testing/view-nodes.ts";
import { viewMessage } from "./view-message.ts";
import type { ViewNode } from "./view-node.ts";

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

  test("takes no more stack for a list nested deep", () => {
    let node: ViewNode = { kind: "null" };
    for (let depth = 0; depth < 20_000; depth++) {
      node = listNode([node]);
    }
    expect(compactText(node, 100)).toBe(`${"[".repeat(100)}…`);
    expect(compactText(node)).toHaveLength(40_004);
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
