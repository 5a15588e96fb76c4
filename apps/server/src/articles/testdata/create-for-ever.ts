import { openSqliteArticleRepository } from "../sqlite-article-repository.ts";

// Creates articles in the directory of its first argument until it is killed, and prints the id of each that was acknowledged.
const [directory = ""] = process.argv.slice(2);
const articles = await openSqliteArticleRepository({ directory, now: Date.now });
for (;;) {
  const created = await Promise.all(
    Array.from({ length: 3 }, (_, n) => articles.create({ title: `title ${n}`, content: "x".repeat(5000) })),
  );
  process.stdout.write(created.map(({ id }) => `${id}\n`).join(""));
}
