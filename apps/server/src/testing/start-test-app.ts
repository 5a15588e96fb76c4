import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { type App, type AppCollaborators, createApp } from "../app.ts";
import { openSqliteArticleRepository } from "../articles/sqlite-article-repository.ts";
import type { Config } from "../config/options.ts";
import { parseConfig } from "../config.ts";
import { openSavedTargets } from "../gateway/targets/saved-targets.ts";

/** What a test wants otherwise. */
export interface TestAppOverrides {
  /** Flags as on the command line, beside `--listen 127.0.0.1:0`. */
  readonly flags?: readonly string[];
  readonly assets?: AppCollaborators["assets"];
  readonly tls?: AppCollaborators["tls"];
}

/** A server on a port of its own. */
export interface TestApp extends AsyncDisposable {
  /** Its address, without a slash at its end. */
  readonly baseUrl: string;
  readonly port: number;
  readonly app: App;
  /** Every line of the log so far, the oldest first. */
  readonly log: readonly Record<string, unknown>[];
  /** Resolves with the first line of the log, also of those to come, that has these fields. */
  logged(fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Resolves with the lines that have these fields, once there are so many. */
  loggedTimes(times: number, fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>[]>;
}

/** How long a server may take to end what is open once a test is over, in milliseconds. */
const drainLimitMs = 3_000;

const descriptorsPath = "../../../../proto/gen/descriptors.binpb";

/**
 * Starts a server with articles in a folder of its own. Its disposal drains the server, removes the folder, and
 * throws where a connection stayed open: dispose clients first.
 */
export async function startTestApp({ flags = [], assets, tls }: TestAppOverrides = {}): Promise<TestApp> {
  await using resources = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "switchboard-test-"));
  resources.defer(() => rm(directory, { recursive: true, force: true }));
  const articles = resources.use(await openSqliteArticleRepository({ directory, now: Date.now }));
  const descriptors = await readFile(new URL(descriptorsPath, import.meta.url));
  const log = createTestLog();
  const config = readFlags(["--data", directory, ...flags]);
  const savedTargets = await openSavedTargets(config.data);
  const app = resources.use(createApp(config, { articles, savedTargets, descriptors, assets, log: log.logger, tls }));
  const url = new URL(await app.listen());
  const kept = resources.move();
  return {
    baseUrl: url.href.replace(/\/$/, ""),
    port: Number(url.port),
    app,
    log: log.lines,
    logged: log.logged,
    loggedTimes: log.loggedTimes,
    async [Symbol.asyncDispose]() {
      const leftOpen = await outlasts(app.drain(), drainLimitMs);
      await kept.disposeAsync();
      if (leftOpen) {
        throw new Error("the server did not end its connections by itself");
      }
    },
  };
}

/** Tells whether a promise takes longer than this to settle, in milliseconds. */
async function outlasts(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(true), ms);
  const result = await Promise.race([promise.then(() => false), late]);
  clearTimeout(timer);
  return result;
}

function readFlags(flags: readonly string[]): Config {
  const listens = flags.includes("--listen");
  const parsed = parseConfig(listens ? flags : ["--listen", "127.0.0.1:0", ...flags], {});
  if (parsed.kind !== "config") {
    throw new Error(`the flags of a test are refused: ${JSON.stringify(parsed)}`);
  }
  return parsed.config;
}

interface Waiter {
  /** Whether what it waits for is there; then it is told. */
  readonly check: () => boolean;
}

function createTestLog() {
  const lines: Record<string, unknown>[] = [];
  const waiters = new Set<Waiter>();
  const write = (text: string) => {
    for (const line of text.trimEnd().split("\n")) {
      lines.push(JSON.parse(line));
    }
    for (const waiter of waiters) {
      if (waiter.check()) {
        waiters.delete(waiter);
      }
    }
  };
  const logger: Logger = pino({ level: "trace" }, { write });
  function loggedTimes(times: number, fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>[]> {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>[]>();
    const check = () => {
      const found = lines.filter((line) => Object.entries(fields).every(([key, value]) => line[key] === value));
      if (found.length >= times) {
        resolve(found);
      }
      return found.length >= times;
    };
    if (!check()) {
      waiters.add({ check });
    }
    return promise;
  }
  return {
    logger,
    lines,
    loggedTimes,
    async logged(fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
      const [first = {}] = await loggedTimes(1, fields);
      return first;
    },
  };
}
