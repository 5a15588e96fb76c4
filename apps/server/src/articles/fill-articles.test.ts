import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fillArticles } from "./fill-articles.ts";
import { openSqliteArticleRepository } from "./sqlite-article-repository.ts";

describe("fillArticles()", () => {
  it("adds as many as asked, over several batches", async () => {
    const directory = mkdtempSync(join(tmpdir(), "switchboard-fill-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    await using articles = await openSqliteArticleRepository({ directory, now: Date.now });
    const before = await articles.count();
    const progress: number[] = [];
    await fillArticles({ articles, count: 20_001, now: Date.now(), onProgress: (added) => progress.push(added) });
    expect(progress).toEqual([10_000, 20_000, 20_001]);
    expect(await articles.count()).toBe(before + 20_001);
  });
});
