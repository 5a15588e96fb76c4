import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CallsFlags, parseCallsFlags } from "./calls-flags.ts";
import type { Case } from "./case.ts";
import { printResults } from "./print-results.ts";
import { type LeftOut, type Results, spreadOf } from "./results.ts";
import { runCases } from "./run-cases.ts";
import type { StartOptions } from "./subject.ts";
import { type Judgement, judge, type Target } from "./targets.ts";

const exitUsage = 2;
const exitInterrupted = 130;

/** A benchmark of servers that take turns. */
export interface Benchmark {
  /** The word for it on the command line, and the name of the file of its results. */
  readonly name: string;
  readonly targets: readonly Target[];
  /**
   * Gets the tools and makes the cases.
   *
   * @param directory for files that last as long as the run
   */
  prepare(directory: string, signal: AbortSignal): Promise<PreparedCases>;
}

/** The cases that this machine has the tools for, and what it lacks them for. */
export interface PreparedCases {
  readonly cases: readonly Case[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Measures, prints tables and judges the targets: `--only NAME,…` picks cases, `--rounds N` sets how often each subject has
 * its turn, `--json FILE` where the results go.
 */
export async function runBenchmark(benchmark: Benchmark, args: readonly string[]): Promise<void> {
  let flags: CallsFlags;
  try {
    flags = parseCallsFlags(benchmark.name, args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = exitUsage;
    return;
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error("interrupted"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const directory = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  try {
    await measure(benchmark, flags, { directory, signal: stopping.signal });
  } catch (error) {
    if (!stopping.signal.aborted) {
      throw error;
    }
    process.exitCode = exitInterrupted;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(
  { prepare, targets }: Benchmark,
  flags: CallsFlags,
  { directory, signal }: StartOptions,
): Promise<void> {
  const { cases, leftOut } = await prepare(directory, signal);
  const unknown = flags.only?.filter((name) => !cases.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(`no case "${unknown.join('", "')}" here; there are: ${cases.map(({ name }) => name).join(", ")}`);
    process.exitCode = exitUsage;
    return;
  }
  const picked = cases.filter(({ name }) => flags.only?.includes(name) ?? true);
  const onProgress = (text: string) => console.error(text);
  const { series, failed } = await runCases(picked, { rounds: flags.rounds, directory, signal, onProgress });
  const results = { series, leftOut, failed };
  const judgements = targets.map((target) => judge(target, series));
  printResults(picked, results, judgements);
  writeJson(flags.json, results, judgements);
  if (series.length === 0 || failed.length > 0) {
    process.exitCode = 1;
  }
}

function writeJson(file: string, { series, ...rest }: Results, judgements: readonly Judgement[]): void {
  const processors = cpus();
  const machine = { platform: platform(), arch: arch(), cpu: processors[0]?.model, cores: processors.length };
  const body = {
    endedAt: new Date().toISOString(),
    node: process.version,
    machine,
    series: series.map((one) => ({ ...one, ...spreadOf(one.rounds) })),
    targets: judgements,
    ...rest,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(body, undefined, 2)}\n`);
  console.log(`Written to ${file}`);
}
