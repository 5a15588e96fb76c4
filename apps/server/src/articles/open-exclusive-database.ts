import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ArticleStoreError } from "./article-store-error.ts";

const DATABASE_FILE = "articles.sqlite";

/** Holds the id of the process that has the database open, for the message to the one that comes second. */
const PID_FILE = "articles.pid";

/** Result codes of SQLite; see https://www.sqlite.org/rescode.html. */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The low byte of an extended result code is the primary one. */
const PRIMARY_CODE_MASK = 0xff;

/**
 * Opens the database of that directory for this process alone, and creates both where they are missing. What is committed
 * survives a loss of power. The lock is the operating system's, on the file: it goes when the process does, even by SIGKILL.
 *
 * @throws ArticleStoreError when another process has it open, the directory can't be written or the file is broken.
 */
export async function openExclusiveDatabase(directory: string): Promise<DatabaseSync> {
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new ArticleStoreError(
      `the data directory ${directory} can't be created (${error.message}); choose a directory that can be written`,
      { cause: error },
    );
  });
  const path = join(directory, DATABASE_FILE);
  const database = new DatabaseSync(path, { open: false, timeout: 0, defensive: true });
  try {
    database.open();
    // In exclusive mode the first lock is kept until the database closes; BEGIN EXCLUSIVE takes it now.
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    await writeFile(join(directory, PID_FILE), `${process.pid}\n`);
  } catch (error) {
    if (database.isOpen) {
      database.close();
    }
    throw await explain(error, directory, path);
  }
  return database;
}

async function explain(error: unknown, directory: string, path: string): Promise<ArticleStoreError> {
  const reason = error instanceof Error ? error.message : String(error);
  switch (primaryCode(error)) {
    case SQLITE_BUSY: {
      const owner = await readOwner(directory);
      return new ArticleStoreError(
        `the data directory ${directory} is in use by ${owner}; stop it, or choose another directory`,
        { cause: error },
      );
    }
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return new ArticleStoreError(
        `${path} is not a sound database (${reason}); put back a copy of it, or move it away to start afresh`,
        { cause: error },
      );
    default:
      return new ArticleStoreError(
        `${path} can't be opened for writing (${reason}); choose a directory that can be written`,
        { cause: error },
      );
  }
}

async function readOwner(directory: string): Promise<string> {
  const pid = await readFile(join(directory, PID_FILE), "utf8").catch(() => "");
  return /^[0-9]+\n$/.test(pid) ? `process ${pid.trim()}` : "another process";
}

/** The primary result code that `node:sqlite` puts on its errors as `errcode`; undefined for any other error. */
function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & PRIMARY_CODE_MASK
    : undefined;
}
