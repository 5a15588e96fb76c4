import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a server in a process of its own tells of itself, after its garbage has been collected. */
export interface ServerMeasure {
  /** How many resources keep its event loop alive, by their type. */
  readonly resources: Readonly<Record<string, number>>;
  /** HTTP/2 streams that are not closed, of its clients and to other servers. */
  readonly openStreams: number;
  /** Listeners on the signals that end calls when the server stops. */
  readonly shutdownListeners: number;
  /** Bytes of JavaScript objects. */
  readonly heapUsed: number;
  /** Bytes of buffers beside them. */
  readonly external: number;
  /** Bytes of memory of the whole process. */
  readonly rss: number;
  /** How many calls ended with each status. */
  readonly calls: Readonly<Record<string, number>>;
  /** The first lines of its log at level error or above, warnings of Node and uncaught errors. */
  readonly faults: readonly string[];
}

/** A server in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  measure(): Promise<ServerMeasure>;
  /** Everything on its standard error so far. */
  stderr(): string;
}

const main = fileURLToPath(new URL("./server-process-main.ts", import.meta.url));

/** Starts a server with a folder of its own, in a process of its own; `flags` are as on the command line. */
export async function startServerProcess(...flags: readonly string[]): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), "switchboard-process-"));
  const args = ["--expose-gc", main, "--listen", "127.0.0.1:0", "--data", directory, ...flags];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, "close");
  const failed = ended.then((): never => {
    throw new Error(`the server's process has ended: ${stderr}`);
  });
  failed.catch(() => {});
  /** Resolves with the next message of the child, which answers one at a time. */
  const nextMessage = async () => (await Promise.race([once(child, "message"), failed]))[0];
  const { port }: { readonly port: number } = await nextMessage();
  return {
    port,
    async measure() {
      child.send("measure");
      return await nextMessage();
    },
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
