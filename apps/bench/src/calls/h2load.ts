import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Transport } from "./exchange.ts";
import { type H2loadReport, parseH2loadReport } from "./h2load-report.ts";
import type { Workload } from "./workloads.ts";

/** Where a load goes. */
export interface LoadTarget {
  readonly origin: string;
  readonly transport: Transport;
  readonly workload: Workload;
}

/** How many calls are kept open at a time, and for how long. */
export interface Load {
  readonly connections: number;
  /** Open calls on each connection. Over HTTP/1.1 it is 1. */
  readonly streams: number;
  /** How long calls go on before they are measured, in milliseconds. */
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** The load generator of nghttp2. */
export interface H2load {
  /** Keeps a number of calls open, and answers how many ended a second. Rejects when one fails. */
  saturate(target: LoadTarget, load: Load): Promise<number>;
}

/** What `createH2load` needs. */
export interface H2loadOptions {
  /** For the bodies of requests. */
  readonly directory: string;
  /** Kills a running h2load when it aborts. */
  readonly signal: AbortSignal;
}

/** How long a run may take beyond its own duration, in milliseconds: then its server hangs. */
const patienceMs = 30_000;

/** Whether there is an h2load on this machine. */
export function hasH2load(): boolean {
  return spawnSync("h2load", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Why a case is left out where there is none. */
export const noH2load = "there is no h2load on this machine (Debian has it in nghttp2-client)";

/** Creates the load generator. It runs one load at a time. */
export function createH2load({ directory, signal }: H2loadOptions): H2load {
  const bodyFile = join(directory, "body");

  async function run(
    { origin, transport, workload }: LoadTarget,
    ms: number,
    args: readonly string[],
  ): Promise<H2loadReport> {
    await writeFile(bodyFile, workload.body);
    const headers = [
      "-H",
      `content-type: ${workload.contentType}`,
      ...(transport === "h2c" ? ["-H", "te: trailers"] : []),
    ];
    const version = transport === "http1" ? ["--h1"] : [];
    const all = ["-t", "1", ...version, ...headers, "-d", bodyFile, ...args, origin + workload.path];
    const { stdout } = await promisify(execFile)("h2load", all, { signal, timeout: ms + patienceMs });
    const report = parseH2loadReport(stdout);
    if (report.failed > 0 || report.done === 0) {
      throw new Error(`h2load ${all.join(" ")}: ${report.done} calls ended, ${report.failed} failed\n${stdout}`);
    }
    return report;
  }

  return {
    async saturate(target, { connections, streams, warmUpMs, durationMs }) {
      const open = ["-c", String(connections), "-m", String(streams)];
      const time = ["-D", `${durationMs}ms`, `--warm-up-time=${warmUpMs}ms`];
      const { rate } = await run(target, warmUpMs + durationMs, [...open, ...time]);
      return rate;
    },
  };
}
