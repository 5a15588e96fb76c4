import type { Socket } from "node:net";
import { type Dial, DialError, type Dialled, type DialStage } from "../dial/dial.ts";
import { diagnosePeer } from "./diagnose-peer.ts";
import { createHttp2Session, type Http2SessionOptions, type UpstreamSession } from "./http2-session.ts";
import { type ConnectStage, UpstreamError } from "./upstream-error.ts";
import type { UpstreamFault, UpstreamFaultKind } from "./upstream-fault.ts";
import {
  closedBeforeSettings,
  connectionLost,
  noAlpnH2,
  silentPeer,
  speaksHttp1,
  speaksNoHttp,
  tlsPortInPlaintext,
  upstreamClosed,
} from "./upstream-faults.ts";

/** What `connectUpstream` needs. */
export interface ConnectOptions extends Pick<Http2SessionOptions, "origin" | "limits" | "keepaliveMs"> {
  readonly dial: Dial;
}

/** What learns of the sessions that are opened. */
export type SessionEvents = Pick<Http2SessionOptions, "onReady" | "onRoom" | "onDraining" | "onClose">;

/** How one connection is made. */
export interface ConnectAttempt {
  readonly signal: AbortSignal;
  readonly events: SessionEvents;
  /** Is told each stage that ended well, with what was found. */
  readonly onStage?: (stage: ConnectStage, finding: string) => void;
}

/** What a connection turned out to be. A session of HTTP/2 has been told by `onReady` by then. */
export type Connected =
  | { readonly kind: "http2" }
  | {
      readonly kind: "http1";
      /** A connection on which nothing was said; undefined where a new one is needed. */
      readonly socket: Socket | undefined;
      /** What to answer to calls that need HTTP/2. */
      readonly fault: UpstreamFault;
    };

/**
 * Connects to a server and finds out its HTTP: in TLS by ALPN, in plain text by speaking HTTP/2 at once ("prior
 * knowledge") and, where that is not understood, by asking otherwise. Rejects with an `UpstreamError`.
 */
export async function connectUpstream(options: ConnectOptions, attempt: ConnectAttempt): Promise<Connected> {
  const { signal, onStage } = attempt;
  const { socket, alpn } = await dialOrThrow(options.dial, signal, onStage);
  const isSecure = options.origin.scheme === "https";
  if (isSecure && alpn !== "h2") {
    onStage?.("http", "HTTP/1.1");
    return { kind: "http1", socket, fault: noAlpnH2 };
  }
  const fault = await openSession(socket, options, attempt);
  if (fault === undefined) {
    return { kind: "http2" };
  }
  if (isSecure || signal.aborted || fault.kind === "silent-peer") {
    throw new UpstreamError(tlsKinds.has(fault.kind) ? "tls" : "http", fault);
  }
  return diagnose(options.dial, attempt);
}

/** What a server may say of TLS once the handshake is over on our side, as TLS 1.3 lets it. */
const tlsKinds: ReadonlySet<UpstreamFaultKind> = new Set(["certificate-required", "tls-failed"]);

async function dialOrThrow(dial: Dial, signal: AbortSignal, onStage: ConnectAttempt["onStage"]): Promise<Dialled> {
  let stage: DialStage = "policy";
  try {
    return await dial({
      alpn: ["h2", "http/1.1"],
      signal,
      onStage: (passed, finding) => {
        stage = passed;
        onStage?.(passed, finding);
      },
    });
  } catch (error) {
    if (error instanceof DialError) {
      throw new UpstreamError(error.stage, error.fault, error);
    }
    throw new UpstreamError(stage, signal.aborted ? upstreamClosed : connectionLost, error);
  }
}

/** Opens a session, and resolves once it is ready, or with what kept it from being so. */
function openSession(
  socket: Socket,
  { origin, limits, keepaliveMs }: ConnectOptions,
  { signal, events, onStage }: ConnectAttempt,
): Promise<UpstreamFault | undefined> {
  const { promise, resolve } = Promise.withResolvers<UpstreamFault | undefined>();
  const { connectTimeoutMs } = limits;
  let isReady = false;
  const settle = (fault: UpstreamFault | undefined) => {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", giveUp);
    resolve(fault);
  };
  const session = createHttp2Session({
    socket,
    origin,
    limits,
    keepaliveMs,
    onReady: (ready: UpstreamSession) => {
      isReady = true;
      onStage?.("http", "HTTP/2");
      settle(undefined);
      events.onReady(ready);
    },
    onRoom: events.onRoom,
    onDraining: events.onDraining,
    onClose: (closed, fault) => {
      if (isReady) {
        events.onClose(closed, fault);
      } else {
        settle(fault ?? closedBeforeSettings);
      }
    },
  });
  const giveUp = () => void session.destroy(upstreamClosed);
  const watchdog = setTimeout(() => void session.destroy(silentPeer(connectTimeoutMs)), connectTimeoutMs);
  signal.addEventListener("abort", giveUp);
  if (signal.aborted) {
    giveUp();
  }
  return promise;
}

async function diagnose(dial: Dial, { signal, onStage }: ConnectAttempt): Promise<Connected> {
  // A server that can't be reached a second time was lost, whatever it speaks.
  const found = await diagnosePeer(dial, signal).catch((error: unknown) => {
    throw new UpstreamError("http", signal.aborted ? upstreamClosed : connectionLost, error);
  });
  switch (found) {
    case "http1":
      onStage?.("http", "HTTP/1.1");
      return { kind: "http1", socket: undefined, fault: speaksHttp1 };
    case "tls":
      throw new UpstreamError("http", tlsPortInPlaintext);
    case "unknown":
      throw new UpstreamError("http", speaksNoHttp);
  }
}
