import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { describe, expect, test } from "vitest";
import { openSqliteArticleRepository } from "../articles/sqlite-article-repository.ts";
import { createArticleService } from "./article-service.ts";

const NOW = Date.UTC(2031, 0, 2, 3, 4, 5, 678);

/** A client of a fresh store, with `extra` articles more than the two of the beginning. */
async function openClient({ extra = 0 } = {}) {
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(await mkdtempDisposable(join(tmpdir(), "switchboard-")));
  const articles = stack.use(await openSqliteArticleRepository({ directory: directory.path, now: () => NOW }));
  await articles.addMany(
    Array.from({ length: extra }, (_, n) => ({ title: `t${n}`, content: "", createTime: new Date(0) })),
  );
  const implementation = createArticleService({ articles });
  const client = createClient(
    ArticleService,
    createRouterTransport(({ service }) => void service(ArticleService, implementation)),
  );
  const owned = stack.move();
  return { client, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The fields that an INVALID_ARGUMENT names in its detail. */
async function refusedFields(answer: Promise<unknown>): Promise<string[]> {
  const error = await answer.then(() => undefined, ConnectError.from);
  expect(error?.code).toBe(Code.InvalidArgument);
  return (error?.findDetails(BadRequestSchema) ?? []).flatMap(({ fieldViolations }) =>
    fieldViolations.map(({ field }) => field),
  );
}

describe("ArticleList", () => {
  test("answers the two first articles of a fresh store when nothing is set", async () => {
    await using opened = await openClient();
    const { articles } = await opened.client.articleList({});
    expect(articles).toMatchObject([
      { id: 100, title: "xx", content: "yy", createTime: "2030-10-10 00:00:00" },
      { id: 101, title: "11", content: "22", createTime: "2030-10-10 00:00:00" },
    ]);
  });

  test("takes page 0 for page 1 and page size 0 for 10", async () => {
    await using opened = await openClient({ extra: 20 });
    const { articles } = await opened.client.articleList({ page: 0, pageSize: 0 });
    expect(articles.map(({ id }) => id)).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  });

  test("answers an empty list past the end, at the greatest numbers too", async () => {
    await using opened = await openClient();
    expect((await opened.client.articleList({ page: 2 })).articles).toEqual([]);
    expect((await opened.client.articleList({ page: 2 ** 31 - 1, pageSize: 100 })).articles).toEqual([]);
  });

  test("takes a page size of 100 and refuses 101", async () => {
    await using opened = await openClient({ extra: 120 });
    expect((await opened.client.articleList({ pageSize: 100 })).articles).toHaveLength(100);
    expect(await refusedFields(opened.client.articleList({ pageSize: 101 }))).toEqual(["page_size"]);
  });

  test("names every negative field", async () => {
    await using opened = await openClient();
    expect(await refusedFields(opened.client.articleList({ page: -1 }))).toEqual(["page"]);
    expect(await refusedFields(opened.client.articleList({ page: -1, pageSize: -(2 ** 31) }))).toEqual([
      "page",
      "page_size",
    ]);
  });
});

describe("ArticleDetail", () => {
  test("answers the article", async () => {
    await using opened = await openClient();
    expect((await opened.client.articleDetail({ pk: 101 })).article).toMatchObject({ id: 101, title: "11" });
  });

  test.each([0, 99, 2 ** 31 - 1])("answers NOT_FOUND with the pk for %i", async (pk) => {
    await using opened = await openClient();
    await expect(opened.client.articleDetail({ pk })).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: expect.stringContaining(String(pk)),
    });
  });

  test("refuses a negative pk", async () => {
    await using opened = await openClient();
    expect(await refusedFields(opened.client.articleDetail({ pk: -1 }))).toEqual(["pk"]);
  });
});

describe("ArticleCreate", () => {
  test("answers the stored article with the next id and the time of now", async () => {
    await using opened = await openClient();
    const { article } = await opened.client.articleCreate({ title: "new", content: "a\0b" });
    expect(article).toMatchObject({ id: 102, title: "new", content: "a\0b", createTime: "2031-01-02 03:04:05" });
    expect((await opened.client.articleDetail({ pk: 102 })).article).toEqual(article);
  });

  test("counts characters, not UTF-16 units", async () => {
    await using opened = await openClient();
    const draft = { title: "🚀".repeat(200), content: "🚀".repeat(100_000) };
    expect((await opened.client.articleCreate(draft)).article).toMatchObject(draft);
  });

  test("names every field that breaks a rule", async () => {
    await using opened = await openClient();
    const { articleCreate } = opened.client;
    expect(await refusedFields(articleCreate({ title: "" }))).toEqual(["title"]);
    expect(await refusedFields(articleCreate({ title: "🚀".repeat(201) }))).toEqual(["title"]);
    expect(await refusedFields(articleCreate({ title: "a".repeat(500), content: "a".repeat(100_001) }))).toEqual([
      "title",
      "content",
    ]);
  });
});
