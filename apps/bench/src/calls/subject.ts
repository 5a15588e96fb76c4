import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A server that is measured: a program that prints `… ready at URL` on standard output, and serves until it is killed. */
export interface Subject {
  /** What the tables call it. The same server over HTTP/1.1 and HTTP/2 has one name. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it answers a long message with the message itself, for it knows no protobuf. Default: no. */
  readonly echoes?: boolean;
}

/** A subject in a process of its own. Disposing of it kills the process. */
export interface RunningSubject extends AsyncDisposable {
  readonly subject: Subject;
  /** `http://127.0.0.1:41234`, without a slash at the end. */
  readonly origin: string;
  readonly pid: number;
}

/** Where and how long a subject runs. */
export interface StartOptions {
  /** Where its standard error goes: a file named `subject.log`, which each start empties. */
  readonly directory: string;
  /** Kills the process when it aborts. */
  readonly signal: AbortSignal;
}

const readyLine = / ready at (\S+?)\/?$/;

/** How long a subject may take until it is ready, in milliseconds. */
const startLimitMs = 30_000;

/** Starts a subject and waits until it says that it is ready. Rejects with what it wrote when it ends before. */
export async function startSubject(subject: Subject, { directory, signal }: StartOptions): Promise<RunningSubject> {
  const logFile = join(directory, "subject.log");
  const log = openSync(logFile, "w");
  // A real file, so that writing the log costs a subject what it costs.
  const child = spawn(subject.program, subject.args, { stdio: ["ignore", "pipe", log], signal, killSignal: "SIGKILL" });
  closeSync(log);
  const exited = once(child, "exit").catch(() => {});
  // Nothing that a subject keeps outlives the run, so none is asked to end in order.
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  const limit = setTimeout(() => child.kill("SIGKILL"), startLimitMs);
  try {
    const origin = child.stdout === null ? undefined : await readOrigin(child.stdout);
    if (origin === undefined || child.pid === undefined) {
      throw new Error(`${subject.name} ended before it was ready:\n${readFileSync(logFile, "utf8")}`);
    }
    return { subject, origin, pid: child.pid, [Symbol.asyncDispose]: kill };
  } catch (error) {
    await kill();
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

async function readOrigin(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const origin = readyLine.exec(line)?.[1];
    if (origin !== undefined) {
      return origin;
    }
  }
  return undefined;
}
