import { availableParallelism } from "node:os";
import type { PartResult } from "./part-result.ts";
import { hasGo, prepareSuite, type Suite } from "./prepare-suite.ts";
import { runPart } from "./run-part.ts";

/*
 * The suite is run in parts at the same time. The runner compares long messages byte by byte on a single core, which
 * takes longer than all the rest, so the suite that has them is parted.
 */
const long = "Server Message Size";
const wholeSuite = [
  ["--run", `${long}/HTTPVersion:2/Protocol:PROTOCOL_GRPC/**`],
  ["--run", `${long}/HTTPVersion:2/**`, "--skip", `${long}/HTTPVersion:2/Protocol:PROTOCOL_GRPC/**`],
  ["--run", `${long}/HTTPVersion:1/**`],
  ["--skip", `${long}/**`],
];

/** Makes it no failure that there is no Go; every other flag is the runner's. */
const optionalFlag = "--if-go";

async function main(): Promise<void> {
  const flags = process.argv.slice(2).filter((flag) => flag !== optionalFlag);
  if (!hasGo()) {
    process.stderr.write(
      "The conformance suite is a Go program, and there is no Go on this machine: nothing was run.\n",
    );
    process.exitCode = process.argv.includes(optionalFlag) ? 0 : 1;
    return;
  }
  const suite = prepareSuite();
  const start = performance.now();
  const results = await runParts(suite, flags.length > 0 ? [flags] : wholeSuite);
  const seconds = Math.round((performance.now() - start) / 1000);
  const failedParts = results.filter(({ succeeded }) => !succeeded).length;
  const sum = (pick: (result: PartResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  const totals = `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
  const verdict =
    failedParts === 0 ? "every part succeeded" : `${failedParts} of ${results.length} parts did not succeed`;
  process.stdout.write(`Conformance: ${totals}, in ${seconds} seconds; ${verdict}\n`);
  process.exitCode = failedParts === 0 ? 0 : 1;
}

/** Runs all parts, as many at a time as there are cores, and writes what came of each when it has ended. */
async function runParts(suite: Suite, parts: readonly (readonly string[])[]): Promise<readonly PartResult[]> {
  const results: PartResult[] = [];
  const waiting = parts.values();
  const lanes = Array.from({ length: Math.min(availableParallelism(), parts.length) }, async () => {
    for (const flags of waiting) {
      const result = await runPart(suite, flags);
      process.stdout.write(`${flags.join(" ")}\n${result.output}\n`);
      results.push(result);
    }
  });
  await Promise.all(lanes);
  return results;
}

await main();
