import { Code } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { MAX_ARTICLE_ID } from "./article.ts";
import type { ArticleRepository } from "./article-repository.ts";

/** A fresh store, and all that goes away with it. */
export interface OpenedRepository extends AsyncDisposable {
  articles: ArticleRepository;
  /** Stores an article by its id, and deletes others by theirs, behind the repository's back. */
  rearrange(change: { add?: number; remove?: readonly number[] }): Promise<void>;
}

/** The time at which a repository under test creates, in milliseconds since 1970. */
export const CONTRACT_NOW = Date.UTC(2031, 0, 2, 3, 4, 5, 678);

const SECOND = new Date(Date.UTC(2020, 1, 29, 12));

/**
 * Declares the tests that every `ArticleRepository` passes.
 *
 * @param open opens a fresh store whose clock stands at `CONTRACT_NOW`
 */
export function testArticleRepository(open: () => Promise<OpenedRepository>): void {
  const drafts = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ title: `t${n}`, content: `c${n}`, createTime: SECOND }));
  const idsOf = async (articles: ArticleRepository, page: number, pageSize: number) =>
    (await articles.list({ page, pageSize })).map(({ id }) => id);

  describe("ArticleRepository", () => {
    test("begins with the two articles of a fresh store", async () => {
      await using opened = await open();
      const createTime = new Date(Date.UTC(2030, 9, 10));
      expect(await opened.articles.list({ page: 1, pageSize: 10 })).toEqual([
        { id: 100, title: "xx", content: "yy", createTime },
        { id: 101, title: "11", content: "22", createTime },
      ]);
      expect(await opened.articles.count()).toBe(2);
    });

    test("creates with the next id and the time of now, to the second", async () => {
      await using opened = await open();
      const created = await opened.articles.create({ title: "标题 🚀", content: "'; DROP TABLE article; --\0" });
      expect(created).toEqual({
        id: 102,
        title: "标题 🚀",
        content: "'; DROP TABLE article; --\0",
        createTime: new Date(Date.UTC(2031, 0, 2, 3, 4, 5)),
      });
      expect(await opened.articles.get(102)).toEqual(created);
    });

    test("gives each of many concurrent creations its own id, in their order", async () => {
      await using opened = await open();
      const created = await Promise.all(drafts(600).map((draft) => opened.articles.create(draft)));
      expect(created.map(({ id }) => id)).toEqual(Array.from({ length: 600 }, (_, n) => 102 + n));
      expect(await opened.articles.count()).toBe(602);
    });

    test("answers undefined for an unknown id", async () => {
      await using opened = await open();
      expect(await opened.articles.get(99)).toBeUndefined();
    });

    test("pages through everything in the order of ids", async () => {
      await using opened = await open();
      expect(await opened.articles.addMany(drafts(5000))).toBe(5000);
      const seen: number[] = [];
      for (let page = 1; page <= 51; page++) {
        seen.push(...(await idsOf(opened.articles, page, 100)));
      }
      expect(seen).toEqual(Array.from({ length: 5002 }, (_, n) => 100 + n));
      expect(await idsOf(opened.articles, 52, 100)).toEqual([]);
    });

    test("answers an empty page however far past the end", async () => {
      await using opened = await open();
      expect(await idsOf(opened.articles, 2 ** 31 - 1, 100)).toEqual([]);
      expect(await idsOf(opened.articles, 2 ** 53, 2 ** 20)).toEqual([]);
    });

    test("pages over gaps between ids", async () => {
      await using opened = await open();
      await opened.articles.addMany(drafts(3000));
      const removed = Array.from({ length: 2000 }, (_, n) => 500 + n);
      await opened.rearrange({ add: 1_000_000, remove: removed });
      expect(await opened.articles.count()).toBe(1003);
      expect(await idsOf(opened.articles, 41, 10)).toEqual([
        2500, 2501, 2502, 2503, 2504, 2505, 2506, 2507, 2508, 2509,
      ]);
      expect(await idsOf(opened.articles, 101, 10)).toEqual([3100, 3101, 1_000_000]);
    });

    test("adds all of many or none", async () => {
      await using opened = await open();
      function* broken() {
        yield* drafts(10);
        throw new Error("source failed");
      }
      await expect(opened.articles.addMany(broken())).rejects.toThrow("source failed");
      expect(await opened.articles.count()).toBe(2);
      expect(await opened.articles.addMany([])).toBe(0);
    });

    test("refuses what comes after the last id, and stores what fits", async () => {
      await using opened = await open();
      await opened.rearrange({ add: MAX_ARTICLE_ID - 1 });
      const answers = await Promise.allSettled(drafts(3).map((draft) => opened.articles.create(draft)));
      expect(answers).toMatchObject([
        { status: "fulfilled", value: { id: MAX_ARTICLE_ID } },
        { status: "rejected", reason: { code: Code.ResourceExhausted } },
        { status: "rejected", reason: { code: Code.ResourceExhausted } },
      ]);
      await expect(opened.articles.addMany(drafts(1))).rejects.toMatchObject({ code: Code.ResourceExhausted });
    });
  });
}
