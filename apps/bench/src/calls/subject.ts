import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** A server that is measured: a program that prints `… ready at URL` on standard output, and serves until it is killed. */
export interface Subject {
  /** What the tables call it. The same server over HTTP/1.1 and HTTP/2 has one name. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** A server behind it, which is started first and killed after it. Default: none. */
  readonly upstream?: Subject;
  /** More arguments, where they depend on where it and the server behind it are. Default: none. */
  readonly argsAt?: (place: SubjectPlace) => readonly string[];
  /** Whether it never says that it is ready: then it must listen on the port of its place, and is tried until it does. */
  readonly isSilent?: boolean;
  /** Whether it answers a long message with the message itself, for it knows no protobuf. Default: no. */
  readonly echoes?: boolean;
}

/** Where a subject is to run. */
export interface SubjectPlace {
  /** A port of 127.0.0.1 that was free a moment ago. */
  readonly port: number;
  /** The origin of the server behind it; empty where there is none. */
  readonly upstream: string;
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
  /** Where its standard error goes: `subject.log`, that of a server behind it `upstream.log`; each start empties them. */
  readonly directory: string;
  /** Kills the process when it aborts. */
  readonly signal: AbortSignal;
}

const readyLine = / ready at (\S+?)\/?$/;

/** How long a subject may take until it is ready, in milliseconds. */
const startLimitMs = 30_000;

/** How often a silent subject is tried until it listens, in milliseconds. */
const tryEveryMs = 50;

/** Starts a subject and waits until it can be called. Rejects with what it wrote when it ends before. */
export async function startSubject(subject: Subject, options: StartOptions): Promise<RunningSubject> {
  if (subject.upstream === undefined) {
    return await startProcess(subject, "", "subject.log", options);
  }
  const upstream = await startProcess(subject.upstream, "", "upstream.log", options);
  try {
    const server = await startProcess(subject, upstream.origin, "subject.log", options);
    return {
      ...server,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await upstream[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await upstream[Symbol.asyncDispose]();
    throw error;
  }
}

async function startProcess(
  subject: Subject,
  upstream: string,
  logName: string,
  { directory, signal }: StartOptions,
): Promise<RunningSubject> {
  const place = { port: await findFreePort(), upstream };
  const logFile = join(directory, logName);
  const log = openSync(logFile, "w");
  const args = [...subject.args, ...(subject.argsAt?.(place) ?? [])];
  // A real file, so that writing the log costs a subject what it costs.
  const child = spawn(subject.program, args, { stdio: ["ignore", "pipe", log], signal, killSignal: "SIGKILL" });
  closeSync(log);
  const exited = once(child, "exit").catch(() => {});
  // Nothing that a subject keeps outlives the run, so none is asked to end in order.
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  const limit = setTimeout(() => child.kill("SIGKILL"), startLimitMs);
  try {
    const origin = subject.isSilent ? await tryOrigin(place.port, child) : await readOrigin(child);
    if (origin === undefined || child.pid === undefined) {
      throw new Error(`${subject.name} ended before it was ready:\n${readFileSync(logFile, "utf8")}`);
    }
    child.stdout?.resume();
    return { subject, origin, pid: child.pid, [Symbol.asyncDispose]: kill };
  } catch (error) {
    await kill();
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function tryOrigin(port: number, child: ChildProcess): Promise<string | undefined> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await takesConnections(port)) {
      return `http://127.0.0.1:${port}`;
    }
    await sleep(tryEveryMs);
  }
  return undefined;
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function readOrigin({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout !== null) {
    for await (const line of createInterface({ input: stdout })) {
      const origin = readyLine.exec(line)?.[1];
      if (origin !== undefined) {
        return origin;
      }
    }
  }
  return undefined;
}
