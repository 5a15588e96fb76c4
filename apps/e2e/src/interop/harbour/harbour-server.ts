import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Command } from "../run-command.ts";

/** The folder of the proto files of harbour.v1. */
export const harbourProtos = fileURLToPath(new URL("protos", import.meta.url));

/** A server of harbour.v1 that others wrote, with reflection. */
export interface HarbourServer {
  readonly name: string;
  /** Gets the tools, generates the code and builds the server; rejects where the toolchain is missing. */
  prepare(): Promise<() => Promise<RunningHarbour>>;
}

/** A server of harbour.v1 that can be called. Its disposal ends it. */
export interface RunningHarbour extends AsyncDisposable {
  /** `HOST:PORT`, in plain text. */
  readonly address: string;
}

const readyLine = /^Harbour ready at (\S+)$/;

/** How long a server may take until it can be called, in milliseconds. */
const startLimitMs = 30_000;

/** Starts a program that prints `Harbour ready at HOST:PORT`. Rejects when it ends before, or is too slow. */
export async function startHarbourProgram({ program, args, directory }: Command): Promise<RunningHarbour> {
  const child = spawn(program, args, { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const limit = setTimeout(() => child.kill("SIGKILL"), startLimitMs);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = readyLine.exec(line)?.[1];
      if (address !== undefined) {
        return {
          address,
          async [Symbol.asyncDispose]() {
            child.kill("SIGKILL");
            await exited;
          },
        };
      }
    }
  } finally {
    clearTimeout(limit);
  }
  throw new Error(`${program} ended before it could be called`);
}
