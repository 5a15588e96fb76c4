import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A program and how to run it. */
export interface Command {
  program: string;
  args: readonly string[];
  directory?: string;
  /** Variables beside those of this process. */
  environment?: Readonly<Record<string, string>>;
  /** After this many milliseconds it is killed. Default: five minutes, for it may download and build. */
  timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 300_000;
const MAX_OUTPUT_BYTES = 16_777_216;

/**
 * Runs a program to its end and answers what it wrote to standard output.
 *
 * @throws Error with the last thing that it wrote to standard error, when it is missing, fails or is killed.
 */
export async function runCommand({ program, args, directory, environment, timeoutMs }: Command): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], {
      cwd: directory,
      env: { ...process.env, ...environment },
      timeout: timeoutMs ?? DEFAULT_TIMEOUT_MS,
      killSignal: "SIGKILL",
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout.trim();
  } catch (error) {
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const reason = stderr.split("\n").at(-1) || (error instanceof Error ? error.message : String(error));
    throw new Error(`${program}: ${reason}`, { cause: error });
  }
}
