import { isIP, type Socket } from "node:net";
import { formatHostAndPort, type TargetAddress } from "../../address/target-address.ts";
import type { TlsClientSettings } from "../targets/target-settings.ts";
import type { AddressPolicy, TargetOrigin } from "./address-policy.ts";
import { connectFirst, connectPath } from "./connect-first.ts";
import { type Dial, DialError, type Dialled, type DialOptions, type DialStage } from "./dial.ts";
import { connectFault, lookupFault, timeoutFault } from "./dial-faults.ts";
import { type Lookup, lookupHost } from "./lookup.ts";
import type { ReadTlsFiles } from "./read-tls-files.ts";
import { startTls } from "./start-tls.ts";
import { createTlsContexts, type TlsContexts } from "./tls-contexts.ts";
import { noAlpnFault, tlsFault } from "./tls-faults.ts";

/** A target, as far as it is dialled. */
export interface DialTarget {
  readonly address: TargetAddress;
  readonly origin: TargetOrigin;
  readonly tls: TlsClientSettings;
}

/** Makes the way to dial a target. Nothing opens until it dials. */
export type Dialer = (target: DialTarget) => Dial;

/** What `createDialer` needs. */
export interface DialerOptions {
  readonly policy: Pick<AddressPolicy, "checkTarget" | "checkResolved">;
  readonly readTlsFiles: ReadTlsFiles;
  /** Default: the system's. */
  readonly lookup?: Lookup;
  /** How long the lookup, the connection and the handshake may take together, in milliseconds. Default: 10 seconds. */
  readonly connectTimeoutMs?: number;
}

const defaultConnectTimeoutMs = 10_000;

type Collaborators = Required<DialerOptions> & { readonly contexts: TlsContexts };

/** One dialling on its way: its limits, and the stage it is in. */
interface Attempt extends DialOptions {
  readonly target: DialTarget;
  enter(stage: DialStage): void;
  pass(stage: DialStage, finding: string): void;
}

/**
 * Creates the dialer. What it opens goes to the very IP address that the policy was asked of, so that a name that leads
 * elsewhere a moment later leads nowhere. Dialling rejects with a `DialError`, or with the signal's reason. A stage
 * that there is nothing to do for, as the lookup of an IP address, is not told.
 */
export function createDialer(options: DialerOptions): Dialer {
  const collaborators = {
    lookup: lookupHost,
    connectTimeoutMs: defaultConnectTimeoutMs,
    ...options,
    contexts: createTlsContexts(),
  };
  return (target) => (dialOptions) => dial(target, dialOptions, collaborators);
}

async function dial(target: DialTarget, options: DialOptions, collaborators: Collaborators): Promise<Dialled> {
  const { signal, onStage } = options;
  const { connectTimeoutMs } = collaborators;
  signal.throwIfAborted();
  const late = new AbortController();
  let stage: DialStage = "policy";
  const timer = setTimeout(() => {
    late.abort(new DialError(stage, timeoutFault(target.address, stage, connectTimeoutMs)));
  }, connectTimeoutMs);
  const attempt: Attempt = {
    ...options,
    target,
    signal: AbortSignal.any([signal, late.signal]),
    enter(next) {
      stage = next;
    },
    pass: (passed, finding) => onStage?.(passed, finding),
  };
  try {
    const socket = await openSocket(attempt, collaborators);
    return target.address.kind === "tcp" && target.address.secure
      ? await secure(socket, attempt, collaborators)
      : { socket, alpn: undefined };
  } finally {
    clearTimeout(timer);
  }
}

async function openSocket(attempt: Attempt, collaborators: Collaborators): Promise<Socket> {
  const { target, signal } = attempt;
  const { address } = target;
  const forbidden = collaborators.policy.checkTarget(target);
  if (forbidden !== undefined) {
    throw new DialError("policy", forbidden);
  }
  attempt.pass("policy", "");
  if (address.kind === "unix") {
    attempt.enter("connect");
    const socket = await connectPath(address.path, signal).catch((error) => fail(attempt, "connect", error));
    attempt.pass("connect", address.path);
    return socket;
  }
  const addresses = isIP(address.host) === 0 ? await resolve(address.host, attempt, collaborators) : [address.host];
  attempt.enter("connect");
  const { port } = address;
  const socket = await connectFirst(addresses, { port, signal }).catch((error) => fail(attempt, "connect", error));
  checkPeer(socket, target, collaborators);
  attempt.pass("connect", formatHostAndPort(socket.remoteAddress ?? "", port));
  return socket;
}

/** Looks a name up. One address that is forbidden forbids them all: it is a name not to be trusted. */
async function resolve(host: string, attempt: Attempt, { lookup, policy }: Collaborators): Promise<readonly string[]> {
  attempt.enter("resolve");
  const found = await unlessAborted(lookup(host), attempt.signal).catch((error) => {
    attempt.signal.throwIfAborted();
    throw new DialError("resolve", lookupFault(host, error), error);
  });
  if (found.length === 0) {
    throw new DialError("resolve", lookupFault(host));
  }
  for (const ip of found) {
    const forbidden = policy.checkResolved(attempt.target, ip);
    if (forbidden !== undefined) {
      throw new DialError("resolve", forbidden);
    }
  }
  attempt.pass("resolve", found.join(", "));
  return found;
}

/** Asks the policy once more, of what the system says the socket is connected to. */
function checkPeer(socket: Socket, target: DialTarget, { policy }: Collaborators): void {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined) {
    throw new DialError("connect", connectFault(target.address, socket.errored));
  }
  const forbidden = policy.checkResolved(target, remoteAddress);
  if (forbidden !== undefined) {
    socket.destroy();
    throw new DialError("connect", forbidden);
  }
}

async function secure(socket: Socket, attempt: Attempt, collaborators: Collaborators): Promise<Dialled> {
  const { target, alpn, signal } = attempt;
  const { address, tls } = target;
  attempt.enter("tls");
  try {
    const context = collaborators.contexts(tls, await unlessAborted(collaborators.readTlsFiles(tls), signal));
    const serverName = tls.serverName ?? (address.kind === "tcp" ? address.host : "");
    const secured = await startTls(socket, { serverName, insecure: tls.insecure, context, alpn, signal });
    const chosen = alpn.find((each) => each === secured.alpnProtocol);
    if (chosen === undefined && !alpn.includes("http/1.1")) {
      throw new DialError("tls", noAlpnFault(address));
    }
    attempt.pass("tls", [secured.getProtocol(), chosen ?? "no ALPN"].join(", "));
    return { socket: secured, alpn: chosen };
  } catch (error) {
    socket.destroy();
    return fail(attempt, "tls", error);
  }
}

/** Throws what a stage failed with: the reason it was given up, or the fault that the error of Node.js stands for. */
function fail({ target, signal }: Attempt, stage: "connect" | "tls", error: unknown): never {
  signal.throwIfAborted();
  if (error instanceof DialError) {
    throw error;
  }
  const toFault = stage === "tls" ? tlsFault : connectFault;
  throw new DialError(stage, toFault(target.address, error), error);
}

/** What can't be given up itself goes on unheard. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) {
    onAbort();
  }
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener("abort", onAbort));
}
