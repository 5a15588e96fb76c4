import { create } from "@bufbuild/protobuf";
import { ArticleListResponseSchema } from "@switchboard/proto/gen/article_pb.js";
import { HelloReplySchema } from "@switchboard/proto/gen/greeter_pb.js";
import { expect, test } from "vitest";
import { typeRegistry as registry } from "../../schema/type-registry.ts";
import { cellText, tableFields, tableModel } from "./table-model.ts";

test("tableFields() finds lists of messages alone", () => {
  expect(tableFields(ArticleListResponseSchema).map(({ name }) => name)).toEqual(["articles"]);
  expect(tableFields(HelloReplySchema)).toEqual([]);
});

test("tableModel() has the schema's columns and the messages' cells", () => {
  const [field] = tableFields(ArticleListResponseSchema);
  const message = create(ArticleListResponseSchema, { articles: [{ id: 100, title: "<b>" }, { id: 101 }] });
  const table = field && tableModel(message, field, { registry });
  expect(table?.columns.map(({ path, isNumber }) => [path, isNumber])).toEqual([
    ["id", true],
    ["title", false],
    ["content", false],
    ["createTime", false],
  ]);
  const cells = table?.columns.slice(0, 3).map((column) => cellText(table.cellAt(0, column)));
  expect(cells).toEqual(["100", "<b>", ""]);
  expect(table?.length).toBe(2);
  expect(table?.nodeAt(2)).toBeUndefined();
});
