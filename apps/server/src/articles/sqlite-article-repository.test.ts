import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CONTRACT_NOW, type OpenedRepository, testArticleRepository } from "./article-repository-contract.ts";
import { ArticleStoreError } from "./article-store-error.ts";
import { openSqliteArticleRepository } from "./sqlite-article-repository.ts";

const CREATOR = fileURLToPath(new URL("./testdata/create-for-ever.ts", import.meta.url));

const createDirectory = () => mkdtempDisposable(join(tmpdir(), "switchboard-"));
const open = (directory: string) => openSqliteArticleRepository({ directory, now: () => CONTRACT_NOW });

async function openFresh(): Promise<OpenedRepository> {
  const directory = await createDirectory();
  const opened = {
    articles: await open(directory.path),
    async rearrange({ add, remove = [] }: { add?: number; remove?: readonly number[] }) {
      await opened.articles[Symbol.asyncDispose]();
      const database = new DatabaseSync(join(directory.path, "articles.sqlite"));
      if (add !== undefined) {
        database.prepare("INSERT INTO article VALUES (?, '', '', 0)").run(add);
      }
      database.prepare("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))").run(JSON.stringify(remove));
      database.close();
      opened.articles = await open(directory.path);
    },
    async [Symbol.asyncDispose]() {
      await opened.articles[Symbol.asyncDispose]();
      await directory.remove();
    },
  };
  return opened;
}

testArticleRepository(openFresh);

/** Starts a process that creates articles in that directory; `ids` fills with those that it said were stored. */
async function startCreator(
  directory: string,
): Promise<{ child: ChildProcess; ids: number[]; closed: Promise<unknown> }> {
  const child = spawn(process.execPath, [CREATOR, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const ids: number[] = [];
  const lines = createInterface(child.stdout).on("line", (line) => ids.push(Number(line)));
  const closed = once(lines, "close");
  await once(lines, "line");
  return { child, ids, closed };
}

describe("openSqliteArticleRepository()", () => {
  test("keeps articles from one opening to the next", async () => {
    await using directory = await createDirectory();
    {
      await using articles = await open(join(directory.path, "new", "data"));
      await articles.create({ title: "kept", content: "" });
    }
    await using articles = await open(join(directory.path, "new", "data"));
    expect(await articles.count()).toBe(3);
    expect(await articles.get(102)).toMatchObject({ title: "kept" });
  });

  test("stores what was begun when it is disposed", async () => {
    await using directory = await createDirectory();
    const articles = await open(directory.path);
    const created = articles.create({ title: "last", content: "" });
    await articles[Symbol.asyncDispose]();
    expect((await created).id).toBe(102);
    await expect(articles.create({ title: "late", content: "" })).rejects.toThrow("not open");
  });

  test("refuses a directory that this process has open, and names it", async () => {
    await using directory = await createDirectory();
    await using _articles = await open(directory.path);
    await expect(open(directory.path)).rejects.toThrow(`${directory.path} is in use by process ${process.pid}`);
  });

  test("refuses a second process, and keeps every acknowledged article when the first is killed", async () => {
    await using directory = await createDirectory();
    const { child, ids, closed } = await startCreator(directory.path);
    const refusal = await open(directory.path).catch((error: unknown) => error);
    await expect.poll(() => ids.length, { timeout: 8000 }).toBeGreaterThan(300);
    child.kill("SIGKILL");
    await closed;

    expect(refusal).toBeInstanceOf(ArticleStoreError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(`is in use by process ${child.pid}`) });
    await using articles = await open(directory.path);
    expect(await articles.count()).toBeGreaterThanOrEqual(2 + ids.length);
    expect((await Promise.all(ids.map((id) => articles.get(id)))).map((article) => article?.id)).toEqual(ids);
  });

  test("refuses a directory that can't be made", async () => {
    await using directory = await createDirectory();
    await writeFile(join(directory.path, "file"), "");
    const refused = open(join(directory.path, "file", "data"));
    await expect(refused).rejects.toThrow(/file\/data can't be created \(ENOTDIR.*choose a directory/);
  });

  test("refuses a file that is no database", async () => {
    await using directory = await createDirectory();
    await writeFile(join(directory.path, "articles.sqlite"), "not a database ".repeat(1000));
    await expect(open(directory.path)).rejects.toThrow("articles.sqlite is not a sound database");
  });

  test("refuses a database that it may not open", async () => {
    await using directory = await createDirectory();
    await mkdir(join(directory.path, "articles.sqlite"));
    await expect(open(directory.path)).rejects.toThrow("articles.sqlite can't be opened for writing");
  });

  test("refuses a newer schema, and lets go of the directory", async () => {
    await using directory = await createDirectory();
    const path = join(directory.path, "articles.sqlite");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 9");
    database.close();
    await expect(open(directory.path)).rejects.toThrow("schema version 9, and this program knows versions up to 1");
    using reopened = new DatabaseSync(path);
    expect(() => reopened.exec("BEGIN EXCLUSIVE; COMMIT")).not.toThrow();
  });
});
