import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** How the compiler is run. */
export interface BufOptions {
  /** The path of the program. */
  readonly program: string;
  /** A folder of nobody else's: `files` in it holds what is compiled, and the rest is the compiler's own. */
  readonly directory: string;
  readonly timeoutMs: number;
  /** Gives it up. */
  readonly signal: AbortSignal;
}

/** How the compiler ended. */
export interface BufResult {
  /** Undefined where it was killed. */
  readonly exitCode: number | undefined;
  /** What it complained about: a JSON object a line, or text. */
  readonly complaints: string;
}

/** The names in the folder in which the compiler runs. */
export const bufFolder = { files: "files", output: "output.binpb" } as const;

/** The most text that is read of its complaints, in bytes; the rest is dropped. */
const maxComplaintBytes = 1_048_576;

/** Above this the compiler collects its garbage as hard as it can; see GOMEMLIMIT of Go's runtime. */
const memoryLimit = "768MiB";

/**
 * Compiles the files of a folder to a descriptor set with comments. The compiler learns nothing of this process's environment
 * and has no dependencies to fetch. It is killed when its time is over or the signal aborts.
 */
export async function runBuf({ program, directory, timeoutMs, signal }: BufOptions): Promise<BufResult> {
  const output = join("..", bufFolder.output);
  const args = ["build", ".", "--as-file-descriptor-set", "--disable-symlinks", "--error-format", "json", "-o", output];
  const child = spawn(program, args, {
    cwd: join(directory, bufFolder.files),
    env: { HOME: directory, TMPDIR: directory, BUF_CACHE_DIR: join(directory, "cache"), GOMEMLIMIT: memoryLimit },
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    signal,
  });
  const pieces: Buffer[] = [];
  let length = 0;
  child.stderr.on("data", (piece: Buffer) => {
    if (length < maxComplaintBytes) {
      pieces.push(piece);
      length += piece.length;
    }
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode: exitCode ?? undefined, complaints: Buffer.concat(pieces).toString("utf8") };
}
