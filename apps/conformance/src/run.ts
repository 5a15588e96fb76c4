import { availableParallelism } from "node:os";
import { type ConformanceFlags, parseConformanceFlags } from "./conformance-flags.ts";
import type { PartResult } from "./part-result.ts";
import { hasGo, prepareSuite, type Suite } from "./prepare-suite.ts";
import { runPart } from "./run-part.ts";
import { listSetups, type Setup } from "./setups.ts";

/** One run of the runner. */
interface Part {
  readonly setup: Setup;
  readonly flags: readonly string[];
}

const exitUsage = 2;

async function main(): Promise<void> {
  const flags = parseConformanceFlags(process.argv.slice(2));
  if (!hasGo()) {
    process.stderr.write(
      "The conformance suite is a Go program, and there is no Go on this machine: nothing was run.\n",
    );
    process.exitCode = flags.ifGo ? 0 : 1;
    return;
  }
  const suite = prepareSuite();
  const setups = listSetups(suite);
  const unknown = flags.setups?.filter((name) => !setups.some((setup) => setup.name === name)) ?? [];
  if (unknown.length > 0) {
    process.stderr.write(
      `No setup "${unknown.join('", "')}"; there are: ${setups.map(({ name }) => name).join(", ")}\n`,
    );
    process.exitCode = exitUsage;
    return;
  }
  const start = performance.now();
  const results = await runParts(suite, partsOf(setups, flags));
  const seconds = Math.round((performance.now() - start) / 1000);
  const failedParts = results.filter(({ succeeded }) => !succeeded).length;
  const sum = (pick: (result: PartResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  const totals = `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
  const verdict =
    failedParts === 0 ? "every part succeeded" : `${failedParts} of ${results.length} parts did not succeed`;
  process.stdout.write(`Conformance: ${totals}, in ${seconds} seconds; ${verdict}\n`);
  process.exitCode = failedParts === 0 ? 0 : 1;
}

function partsOf(all: readonly Setup[], flags: ConformanceFlags): readonly Part[] {
  const setups = all.filter(({ name }) => flags.setups?.includes(name) ?? true);
  return setups.flatMap((setup) => {
    const parts = flags.runner.length > 0 ? [flags.runner] : setup.parts;
    return parts.map((part) => ({ setup, flags: part }));
  });
}

/** Runs all parts, as many at a time as there are cores, and writes what came of each when it has ended. */
async function runParts(suite: Suite, parts: readonly Part[]): Promise<readonly PartResult[]> {
  const results: PartResult[] = [];
  const waiting = parts.values();
  const lanes = Array.from({ length: Math.min(availableParallelism(), parts.length) }, async () => {
    for (const { setup, flags } of waiting) {
      const result = await runPart(suite, setup, flags);
      process.stdout.write(`${setup.name}: ${flags.join(" ")}\n${result.output}\n`);
      results.push(result);
    }
  });
  await Promise.all(lanes);
  return results;
}

await main();
