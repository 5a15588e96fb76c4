import { join } from "node:path";
import { createH2load, hasH2load } from "./calls/h2load.ts";
import { type PreparedCases, runBenchmark } from "./calls/run-benchmark.ts";
import { createGatewayCases } from "./gateway/create-gateway-cases.ts";
import { gatewayTargets } from "./gateway/gateway-targets.ts";
import { prepareRivals } from "./gateway/prepare-rivals.ts";

/** Measures calls that the product's gateway carries, beside other gateways. Takes the flags of `runBenchmark`. */
export async function benchGateway(args: readonly string[]): Promise<void> {
  await runBenchmark({ name: "gateway", targets: gatewayTargets, prepare: prepareCases }, args);
}

async function prepareCases(directory: string, signal: AbortSignal): Promise<PreparedCases> {
  const rivals = await prepareRivals();
  const h2load = hasH2load() ? createH2load({ directory, signal }) : undefined;
  return createGatewayCases({ h2load, rivals, data: join(directory, "data") });
}
