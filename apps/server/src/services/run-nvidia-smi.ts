import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How long `nvidia-smi` may take, in milliseconds; a broken driver can make it wait for ever. */
const TIMEOUT_MS = 2000;

/** Answers what `nvidia-smi -L` prints. Rejects where the program is missing, fails or takes more than two seconds. */
export async function runNvidiaSmi(): Promise<string> {
  const { stdout } = await promisify(execFile)("nvidia-smi", ["-L"], { timeout: TIMEOUT_MS, killSignal: "SIGKILL" });
  return stdout;
}
