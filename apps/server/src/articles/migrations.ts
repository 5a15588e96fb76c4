import type { DatabaseSync } from "node:sqlite";
import { ArticleStoreError } from "./article-store-error.ts";
import { runInTransaction } from "./sqlite-transaction.ts";

/**
 * The statements that lead from each schema version to the next; the first makes version 1 out of an empty database.
 * What stands here has run somewhere: it is never edited, only added to.
 *
 * `article_bucket` counts the articles of every 1024 ids, so that a page is found without counting all that come before it.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE article (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    create_time INTEGER NOT NULL -- seconds since 1970, UTC
  ) STRICT;

  CREATE TABLE article_bucket (
    bucket INTEGER PRIMARY KEY, -- id / 1024
    count INTEGER NOT NULL
  ) STRICT;

  CREATE TRIGGER article_inserted AFTER INSERT ON article BEGIN
    INSERT INTO article_bucket (bucket, count) VALUES (new.id >> 10, 1)
      ON CONFLICT (bucket) DO UPDATE SET count = count + 1;
  END;

  CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN
    UPDATE article_bucket SET count = count - 1 WHERE bucket = old.id >> 10;
  END;

  INSERT INTO article (id, title, content, create_time) VALUES
    (100, 'xx', 'yy', unixepoch('2030-10-10 00:00:00')),
    (101, '11', '22', unixepoch('2030-10-10 00:00:00'));
  `,
];

/**
 * Brings the database to the newest schema, one transaction for each version. `PRAGMA user_version` keeps the version.
 *
 * @param migrations what leads from version to version; for tests
 * @throws ArticleStoreError when the database is of a newer version than this program knows.
 */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const { user_version } = database.prepare("PRAGMA user_version").get() ?? {};
  const version = Number(user_version);
  if (version > migrations.length) {
    throw new ArticleStoreError(
      `${database.location()} has schema version ${version}, and this program knows versions up to ${migrations.length}; ` +
        "use the program that wrote it, or a newer one",
    );
  }
  for (const [index, statements] of migrations.entries()) {
    if (index >= version) {
      runInTransaction(database, () => database.exec(`${statements}; PRAGMA user_version = ${index + 1}`));
    }
  }
}
