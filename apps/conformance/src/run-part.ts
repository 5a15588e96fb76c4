import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type PartResult, readResult } from "./part-result.ts";
import type { Suite } from "./prepare-suite.ts";

/** How long a part may take, in milliseconds; the longest takes about three minutes on two cores. */
const partLimitMs = 15 * 60_000;

const app = join(import.meta.dirname, "..");

/**
 * Runs the cases of the suite that `flags` pick, each of the runner's own kind. A call that hangs fails by the runner's
 * own limit of 20 seconds, and a runner that hangs is stopped.
 */
export async function runPart({ runner, descriptors }: Suite, flags: readonly string[]): Promise<PartResult> {
  const server = [process.execPath, join(import.meta.dirname, "server.ts"), descriptors];
  const all = ["--mode", "server", "--conf", join(app, "conformance.yaml"), ...flags, "--", ...server];
  const child = spawn(runner, all, { stdio: ["ignore", "pipe", "inherit"], timeout: partLimitMs });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return readResult(output, status === 0);
}
