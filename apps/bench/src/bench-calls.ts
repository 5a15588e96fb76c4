import { join } from "node:path";
import { createCases } from "./calls/create-cases.ts";
import { findPython } from "./calls/find-python.ts";
import { createH2load, hasH2load } from "./calls/h2load.ts";
import { prepareStore } from "./calls/prepare-store.ts";
import { type PreparedCases, runBenchmark } from "./calls/run-benchmark.ts";
import { createSubjects } from "./calls/subjects.ts";
import { targets } from "./calls/targets.ts";

/** Measures calls on the product and on its peers. Takes the flags of `runBenchmark`. */
export async function benchCalls(args: readonly string[]): Promise<void> {
  await runBenchmark({ name: "calls", targets, prepare: prepareCases }, args);
}

async function prepareCases(directory: string, signal: AbortSignal): Promise<PreparedCases> {
  const data = join(directory, "data");
  const firstPage = await prepareStore(data);
  const found = await findPython();
  const subjects = createSubjects({ data, python: found.kind === "found" ? found.python : undefined });
  const h2load = hasH2load() ? createH2load({ directory, signal }) : undefined;
  const { cases, leftOut } = createCases({ h2load, subjects, firstPage });
  const noPython = found.kind === "missing" ? [{ what: "grpcio", reason: `it can't be had: ${found.reason}` }] : [];
  return { cases, leftOut: [...leftOut, ...noPython] };
}
