import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ArticleRepository } from "@switchboard/server/articles/article-repository.ts";
import { fillArticles } from "@switchboard/server/articles/fill-articles.ts";
import { openSqliteArticleRepository } from "@switchboard/server/articles/sqlite-article-repository.ts";
import { measureInTurn } from "./measure.ts";

const articleCount = 1_000_000;
const pageSize = 100;
const rounds = 21;

const places = { first: 1, middle: articleCount / pageSize / 2, last: articleCount / pageSize };

async function measurePages(articles: ArticleRepository) {
  const subjects = Object.fromEntries(
    Object.entries(places).map(([name, page]) => [
      name,
      async () => {
        const found = await articles.list({ page, pageSize });
        if (found.length !== pageSize) {
          throw new Error(`page ${page} has ${found.length} articles`);
        }
      },
    ]),
  );
  return await measureInTurn(subjects, rounds);
}

/** The peer: the same rows, the way that most programs find a page. */
async function measureOffset(directory: string) {
  using database = new DatabaseSync(join(directory, "articles.sqlite"), { readOnly: true });
  const select = database.prepare("SELECT id, title, content, create_time FROM article ORDER BY id LIMIT ? OFFSET ?");
  const subjects = Object.fromEntries(
    Object.entries(places).map(([name, page]) => [
      name,
      async () => {
        select.all(pageSize, (page - 1) * pageSize);
      },
    ]),
  );
  return await measureInTurn(subjects, rounds);
}

/** Fills a store with a million articles, and prints how long a page takes beside a plain OFFSET on the same file. */
export async function benchArticles(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  try {
    const filledAt = performance.now();
    const ours = await (async () => {
      await using articles = await openSqliteArticleRepository({ directory, now: Date.now });
      await fillArticles({ articles, count: articleCount, now: Date.now(), onProgress: () => {} });
      console.log(`${articleCount} articles stored in ${((performance.now() - filledAt) / 1000).toFixed(1)} s`);
      return await measurePages(articles);
    })();
    const offset = await measureOffset(directory);
    console.table(
      Object.keys(places).map((place) => ({
        page: place,
        "median ms": ours[place]?.median.toFixed(3),
        "max ms": ours[place]?.max.toFixed(3),
        "OFFSET median ms": offset[place]?.median.toFixed(3),
        "times faster": ((offset[place]?.median ?? 0) / (ours[place]?.median ?? 0)).toFixed(1),
      })),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
