import { connect, isIPv6, type Socket } from "node:net";
import { codeOf } from "./dial-faults.ts";

/** What `connectFirst` needs. */
export interface ConnectFirstOptions {
  readonly port: number;
  /** Gives all attempts up; then the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** How long one attempt goes on alone, in milliseconds. Default: 250, as RFC 8305 (section 5) advises. */
  readonly attemptDelayMs?: number;
}

const defaultAttemptDelayMs = 250;

/** The most addresses of one name that are tried. */
const maxAttempts = 8;

/** How long a connection is silent before TCP asks whether its peer is still there, in milliseconds. */
const tcpKeepAliveMs = 30_000;

/**
 * Connects to the first IP address that answers (RFC 8305, "Happy Eyeballs"): both families by turns, the next one where
 * one fails or takes long. Rejects with the error that tells most once all have failed.
 */
export function connectFirst(
  addresses: readonly string[],
  { port, signal, attemptDelayMs = defaultAttemptDelayMs }: ConnectFirstOptions,
): Promise<Socket> {
  const waiting = orderByTurns(addresses).slice(0, maxAttempts);
  const open = new Set<Socket>();
  const errors: unknown[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  let timer: NodeJS.Timeout | undefined;

  function settle(): void {
    clearTimeout(timer);
    waiting.length = 0;
    signal.removeEventListener("abort", onAbort);
    for (const socket of open) {
      socket.destroy();
    }
    open.clear();
  }
  function onAbort(): void {
    settle();
    reject(signal.reason);
  }
  function startNext(): void {
    clearTimeout(timer);
    const host = waiting.shift();
    if (host !== undefined) {
      timer = setTimeout(startNext, attemptDelayMs);
      start(host);
    } else if (open.size === 0) {
      settle();
      reject(mostTelling(errors));
    }
  }
  function start(host: string): void {
    const socket = openSocket({ host, port });
    open.add(socket);
    socket.once("connect", () => {
      open.delete(socket);
      settle();
      resolve(socket);
    });
    socket.once("error", (error) => {
      errors.push(error);
      // A socket that was given up has left the set, and starts nothing.
      if (open.delete(socket)) {
        startNext();
      }
    });
  }

  signal.addEventListener("abort", onAbort);
  if (signal.aborted) {
    onAbort();
  } else {
    startNext();
  }
  return promise;
}

/** Connects to a socket of the file system. Rejects with Node's error, or with the signal's reason. */
export function connectPath(path: string, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = openSocket({ path });
  const onAbort = () => {
    socket.destroy();
    reject(signal.reason);
  };
  signal.addEventListener("abort", onAbort);
  socket.once("connect", () => resolve(socket));
  socket.once("error", reject);
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}

function openSocket(where: { host: string; port: number } | { path: string }): Socket {
  const socket = connect({ ...where, noDelay: true, keepAlive: true, keepAliveInitialDelay: tcpKeepAliveMs });
  // It may break in the moment before its new owner listens, and `errored` tells of it then.
  return socket.on("error", () => {});
}

/** Puts IPv6 and IPv4 by turns, the family of the first address first, and leaves what is repeated out. */
function orderByTurns(addresses: readonly string[]): string[] {
  const all = [...new Set(addresses)];
  const isFirstIpv6 = isIPv6(all[0] ?? "");
  const first = all.filter((address) => isIPv6(address) === isFirstIpv6);
  const second = all.filter((address) => isIPv6(address) !== isFirstIpv6);
  const turns = Math.max(first.length, second.length);
  return Array.from({ length: turns }, (_, i) => [first[i], second[i]])
    .flat()
    .filter((address) => address !== undefined);
}

/** Of a server that refuses at one address and can't be reached at another, the refusal tells more. */
function mostTelling(errors: readonly unknown[]): unknown {
  return errors.find((error) => codeOf(error) === "ECONNREFUSED") ?? errors[0];
}
