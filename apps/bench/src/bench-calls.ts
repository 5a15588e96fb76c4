import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CallsFlags, parseCallsFlags } from "./calls/calls-flags.ts";
import type { Case } from "./calls/case.ts";
import { createCases } from "./calls/create-cases.ts";
import { findPython } from "./calls/find-python.ts";
import { createH2load, hasH2load } from "./calls/h2load.ts";
import { prepareStore } from "./calls/prepare-store.ts";
import { printResults } from "./calls/print-results.ts";
import { type LeftOut, type Results, spreadOf } from "./calls/results.ts";
import { runCases } from "./calls/run-cases.ts";
import { createSubjects } from "./calls/subjects.ts";
import { type Judgement, judge, targets } from "./calls/targets.ts";

const exitUsage = 2;
const exitInterrupted = 130;

/**
 * Measures calls on the product and on its peers, prints tables and judges the targets: `--only NAME,…` picks cases,
 * `--rounds N` sets how often each subject has its turn, `--json FILE` where the results go.
 */
export async function benchCalls(args: readonly string[]): Promise<void> {
  let flags: CallsFlags;
  try {
    flags = parseCallsFlags(args);
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
    await measureCalls(flags, directory, stopping.signal);
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

async function measureCalls(flags: CallsFlags, directory: string, signal: AbortSignal): Promise<void> {
  const { cases, leftOut } = await prepareCases(directory, signal);
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

async function prepareCases(
  directory: string,
  signal: AbortSignal,
): Promise<{ readonly cases: readonly Case[]; readonly leftOut: readonly LeftOut[] }> {
  const data = join(directory, "data");
  const firstPage = await prepareStore(data);
  const found = await findPython();
  const subjects = createSubjects({ data, python: found.kind === "found" ? found.python : undefined });
  const h2load = hasH2load() ? createH2load({ directory, signal }) : undefined;
  const { cases, leftOut } = createCases({ h2load, subjects, firstPage });
  const noPython = found.kind === "missing" ? [{ what: "grpcio", reason: `it can't be had: ${found.reason}` }] : [];
  return { cases, leftOut: [...leftOut, ...noPython] };
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
