import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type PartResult, readResult } from "./part-result.ts";
import type { Suite } from "./prepare-suite.ts";
import type { Setup } from "./setups.ts";

/** How long a part may take, in milliseconds: several times what the longest takes on two cores. */
const partLimitMs = 10 * 60_000;

const features = join(import.meta.dirname, "../features");

/**
 * Runs the cases of the suite that `flags` pick, in the runner's own words. A runner whose calls hang may hang itself,
 * and says nothing then; it is stopped, and the part has failed.
 */
export async function runPart(suite: Suite, setup: Setup, flags: readonly string[]): Promise<PartResult> {
  const file = join(import.meta.dirname, `${setup.mode}.ts`);
  const program = [process.execPath, file, suite.descriptors, ...setup.args];
  const conf = ["--mode", setup.mode, "--conf", join(features, setup.features)];
  const all = [...conf, ...setup.flags, ...flags, "--", ...program];
  const child = spawn(suite.runner, all, { stdio: ["ignore", "pipe", "inherit"], timeout: partLimitMs });
  const [output, [status, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (signal !== null) {
    const limit = `${partLimitMs / 60_000} minutes`;
    process.stderr.write(`The runner ended by ${signal}, after ${limit} at most; --vv shows which call hangs\n`);
  }
  return readResult(output, status === 0);
}
