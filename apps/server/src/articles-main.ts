import { ArticleStoreError } from "./articles/article-store-error.ts";
import { ARTICLES_HELP, parseArticlesArguments } from "./articles/articles-arguments.ts";
import { fillArticles } from "./articles/fill-articles.ts";
import { openSqliteArticleRepository } from "./articles/sqlite-article-repository.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function add(count: number, directory: string): Promise<void> {
  const startedAt = performance.now();
  await using articles = await openSqliteArticleRepository({ directory, now: Date.now });
  await fillArticles({
    articles,
    count,
    now: Date.now(),
    onProgress: (added) => process.stderr.write(`${added} of ${count}\n`),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`added ${count} articles to ${directory} in ${seconds} s; it has ${await articles.count()}\n`);
}

const parsed = parseArticlesArguments(process.argv.slice(2), process.env);
switch (parsed.kind) {
  case "help":
    process.stdout.write(ARTICLES_HELP);
    break;
  case "refused":
    process.stderr.write(`${parsed.message}\n`);
    process.exitCode = EXIT_USAGE;
    break;
  case "add":
    try {
      await add(parsed.count, parsed.directory);
    } catch (error) {
      if (!(error instanceof ArticleStoreError)) {
        throw error;
      }
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT_FAILED;
    }
    break;
}
