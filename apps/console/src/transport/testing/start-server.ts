import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A Switchboard server that runs as a process of its own. */
export interface RunningServer extends AsyncDisposable {
  /** Its address, with a slash at its end. */
  readonly baseUrl: string;
}

const main = fileURLToPath(new URL("../../../../server/src/main.ts", import.meta.url));
const ready = /^Switchboard ready at (\S+)$/;

/** Starts a server on a free port of this machine, with articles in a folder of its own. */
export async function startServer(flags: readonly string[] = []): Promise<RunningServer> {
  const directory = await mkdtemp(join(tmpdir(), "switchboard-console-"));
  const listen = ["--listen", "127.0.0.1:0", "--data", directory, ...flags];
  const child = spawn(process.execPath, [main, ...listen], { stdio: ["ignore", "pipe", "ignore"] });
  const baseUrl = await readAddress(child);
  return {
    baseUrl: baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`,
    async [Symbol.asyncDispose]() {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function readAddress({ stdout }: ChildProcess): Promise<string> {
  if (stdout !== null) {
    for await (const line of createInterface(stdout)) {
      const address = ready.exec(line)?.[1];
      if (address !== undefined) {
        return address;
      }
    }
  }
  throw new Error("the server ended before it was ready");
}
