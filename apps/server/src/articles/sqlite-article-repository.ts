import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { Code, ConnectError } from "@connectrpc/connect";
import { type Article, type ImportedArticle, MAX_ARTICLE_ID } from "./article.ts";
import type { ArticleRepository } from "./article-repository.ts";
import { createGroupCommit } from "./group-commit.ts";
import { migrate } from "./migrations.ts";
import { openExclusiveDatabase } from "./open-exclusive-database.ts";
import { runInTransaction } from "./sqlite-transaction.ts";

/** What `openSqliteArticleRepository` needs. */
export interface SqliteArticleRepositoryOptions {
  /** Where the database is. It is created where it is missing, with the two articles that every store begins with. */
  directory: string;
  /** The time of now in milliseconds since 1970, as `Date.now`. */
  now: () => number;
}

const MS_PER_SECOND = 1000;

/**
 * Opens the articles that are kept in SQLite, for this process alone.
 *
 * @throws ArticleStoreError when the directory is in use or can't be written, or the database is broken or newer.
 */
export async function openSqliteArticleRepository({
  directory,
  now,
}: SqliteArticleRepositoryOptions): Promise<ArticleRepository> {
  const database = await openExclusiveDatabase(directory);
  try {
    migrate(database);
    return createRepository(database, now);
  } catch (error) {
    database.close();
    throw error;
  }
}

function createRepository(database: DatabaseSync, now: () => number): ArticleRepository {
  const statements = prepareStatements(database);

  function insert({ title, content, createTime }: ImportedArticle, id: number): Article {
    if (id > MAX_ARTICLE_ID) {
      throw new ConnectError(`the ids of articles have run out at ${MAX_ARTICLE_ID}`, Code.ResourceExhausted);
    }
    const seconds = Math.floor(createTime.getTime() / MS_PER_SECOND);
    statements.insert.run(id, title, content, seconds);
    return { id, title, content, createTime: new Date(seconds * MS_PER_SECOND) };
  }

  const lastId = () => readInteger(statements.lastId.get(), "id");

  const creations = createGroupCommit((articles: readonly ImportedArticle[]) =>
    runInTransaction(database, () => {
      const first = lastId() + 1;
      return articles.map((article, index) => insert(article, first + index));
    }),
  );

  return {
    async list({ page, pageSize }) {
      const offset = (page - 1) * pageSize;
      const start = statements.findBucket.get(offset);
      if (start === undefined) {
        return [];
      }
      const skip = offset - readInteger(start, "before");
      return statements.listFrom.all(readInteger(start, "first_id"), pageSize, skip).map(toArticle);
    },

    async get(id) {
      const row = statements.get.get(id);
      return row && toArticle(row);
    },

    create: (draft) => creations.add({ ...draft, createTime: new Date(now()) }),

    async addMany(articles) {
      return runInTransaction(database, () => {
        const first = lastId() + 1;
        let added = 0;
        for (const article of articles) {
          insert(article, first + added);
          added++;
        }
        return added;
      });
    },

    async count() {
      return readInteger(statements.count.get(), "count");
    },

    async [Symbol.asyncDispose]() {
      if (database.isOpen) {
        creations.flush();
        database.close();
      }
    },
  };
}

function prepareStatements(database: DatabaseSync) {
  return {
    get: database.prepare("SELECT id, title, content, create_time FROM article WHERE id = ?"),
    insert: database.prepare("INSERT INTO article (id, title, content, create_time) VALUES (?, ?, ?, ?)"),
    lastId: database.prepare("SELECT coalesce(max(id), 0) AS id FROM article"),
    count: database.prepare("SELECT coalesce(sum(count), 0) AS count FROM article_bucket"),
    // OFFSET walks over every row that it skips: over buckets first, and then over articles of one bucket only.
    findBucket: database.prepare(
      `SELECT bucket << 10 AS first_id, through - count AS before
       FROM (SELECT bucket, count, sum(count) OVER (ORDER BY bucket) AS through FROM article_bucket)
       WHERE through > ? ORDER BY bucket LIMIT 1`,
    ),
    listFrom: database.prepare(
      "SELECT id, title, content, create_time FROM article WHERE id >= ? ORDER BY id LIMIT ? OFFSET ?",
    ),
  };
}

type Row = Record<string, SQLOutputValue>;

function toArticle(row: Row): Article {
  return {
    id: readInteger(row, "id"),
    title: String(row.title),
    content: String(row.content),
    createTime: new Date(readInteger(row, "create_time") * MS_PER_SECOND),
  };
}

function readInteger(row: Row | undefined, column: string): number {
  return Number(row?.[column]);
}
