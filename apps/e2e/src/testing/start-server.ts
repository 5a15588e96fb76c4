import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const mainFile = join(import.meta.dirname, "../../../server/src/main.ts");
const readyLine = /^Switchboard ready at (\S+)$/;

/** A Switchboard in a process of its own. Disposing of it stops the process and removes the data it made. */
export interface RunningServer extends AsyncDisposable {
  /** Where the page is, with a slash at the end: `http://127.0.0.1:41234/`. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it has written to standard error so far. */
  log(): string;
  /** Sends a signal and waits for the end; answers the exit code, or null where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** How to start a Switchboard. */
export interface StartServerOptions {
  /** Flags beside `--listen` and `--data`. */
  readonly flags?: readonly string[];
  /** HOST:PORT. Default: a free port on 127.0.0.1. */
  readonly listen?: string;
  /** A data directory that outlives the server. Default: a new one, removed at disposal. */
  readonly data?: string;
}

/** Starts `apps/server/src/main.ts` as a user would, and waits until it says that it can serve. */
export async function startServer(options: StartServerOptions = {}): Promise<RunningServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), "switchboard-e2e-"));
  const flags = ["--listen", options.listen ?? "127.0.0.1:0", "--data", data, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [mainFile, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const url = await Promise.race([
    readUrl(child.stdout),
    exited.then(() => Promise.reject(new Error(`the server ended before it was ready:\n${log}`))),
  ]);
  return {
    url,
    process: child,
    log: () => log,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (options.data === undefined) {
        rmSync(data, { recursive: true, force: true });
      }
    },
  };
}

async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const url = readyLine.exec(line)?.[1];
    if (url !== undefined) {
      return url;
    }
  }
  throw new Error("the server closed its standard output without saying that it is ready");
}
