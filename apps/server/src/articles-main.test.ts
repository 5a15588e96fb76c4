import { execFile } from "node:child_process";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openSqliteArticleRepository } from "./articles/sqlite-article-repository.ts";

const MAIN = fileURLToPath(new URL("./articles-main.ts", import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

const createDirectory = () => mkdtempDisposable(join(tmpdir(), "switchboard-"));

test("adds the articles, tells how far it is and how many there are", async () => {
  await using directory = await createDirectory();
  const ended = await run("--count", "25000", "--data", directory.path);
  expect(ended).toMatchObject({ code: 0, stderr: "10000 of 25000\n20000 of 25000\n25000 of 25000\n" });
  expect(ended.stdout).toMatch(/^added 25000 articles to \S+ in [0-9.]+ s; it has 25002\n$/);
  await using articles = await openSqliteArticleRepository({ directory: directory.path, now: Date.now });
  expect(await articles.count()).toBe(25_002);
});

test("exits with 2 and names the flag when the count is bad", async () => {
  expect(await run("--count", "0")).toEqual({
    code: 2,
    stdout: "",
    stderr: '--count is "0"; it must be an integer from 1 to 10000000\n',
  });
});

test("exits with 1 and names the process that has the directory", async () => {
  await using directory = await createDirectory();
  await using _articles = await openSqliteArticleRepository({ directory: directory.path, now: Date.now });
  const ended = await run("--count", "1", "--data", directory.path);
  expect(ended).toMatchObject({ code: 1, stdout: "" });
  expect(ended.stderr).toContain(`is in use by process ${process.pid};`);
});
