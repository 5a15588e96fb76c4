import { execFile, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Transport } from "./exchange.ts";
import { type H2loadReport, parseH2loadReport } from "./h2load-report.ts";
import { parseRequestLog } from "./request-log.ts";
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

/** Calls that are made at fixed times, whether or not earlier ones have ended. */
export interface PacedLoad {
  readonly connections: number;
  /** Calls a second, over all connections. */
  readonly rate: number;
  readonly durationMs: number;
}

/** The load generator of nghttp2. Its methods reject when a single call fails. */
export interface H2load {
  /** Keeps a number of calls open, and answers how many ended a second. */
  saturate(target: LoadTarget, load: Load): Promise<number>;
  /** Makes calls at a steady rate, and answers how long each took, in milliseconds. */
  pace(target: LoadTarget, load: PacedLoad): Promise<readonly number[]>;
}

/** What `createH2load` needs. */
export interface H2loadOptions {
  /** For bodies, scripts and logs. */
  readonly directory: string;
  /** Kills a running h2load when it aborts. */
  readonly signal: AbortSignal;
}

/** How long a run may take beyond its own duration, in milliseconds: then its server hangs. */
const patienceMs = 30_000;

/** More streams than any load has open; the server's own limit holds. */
const pacedStreams = 256;

/** Whether there is an h2load on this machine. */
export function hasH2load(): boolean {
  return spawnSync("h2load", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Creates the load generator. It runs one load at a time. */
export function createH2load({ directory, signal }: H2loadOptions): H2load {
  const bodyFile = join(directory, "body");
  const scriptFile = join(directory, "script");
  const logFile = join(directory, "requests.log");

  async function run({ transport, workload }: LoadTarget, ms: number, args: readonly string[]): Promise<H2loadReport> {
    await writeFile(bodyFile, workload.body);
    const headers = [
      "-H",
      `content-type: ${workload.contentType}`,
      ...(transport === "h2c" ? ["-H", "te: trailers"] : []),
    ];
    const version = transport === "http1" ? ["--h1"] : [];
    const all = ["-t", "1", ...version, ...headers, "-d", bodyFile, ...args];
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
      const { rate } = await run(target, warmUpMs + durationMs, [
        ...open,
        ...time,
        target.origin + target.workload.path,
      ]);
      return rate;
    },

    async pace(target, { connections, rate, durationMs }) {
      const open = ["-c", String(connections), "-m", String(pacedStreams)];
      const { origin, workload } = target;
      await writeFile(scriptFile, script(origin + workload.path, rate / connections, durationMs));
      await run(target, durationMs, [...open, `--timing-script-file=${scriptFile}`, `--log-file=${logFile}`]);
      return parseRequestLog(await readFile(logFile, "utf8"));
    },
  };
}

/** The calls of one connection: `--rps` would make them in bursts every ten milliseconds. */
function script(url: string, rate: number, durationMs: number): string {
  const count = Math.max(1, Math.round((rate * durationMs) / 1000));
  return Array.from({ length: count }, (_, n) => `${((n * 1000) / rate).toFixed(3)}\t${url}\n`).join("");
}
