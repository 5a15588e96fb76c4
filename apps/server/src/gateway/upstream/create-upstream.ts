import type { Dial } from "../dial/dial.ts";
import { type ConnectAttempt, type Connected, connectUpstream, type SessionEvents } from "./connect-upstream.ts";
import { createHttp1Upstream } from "./http1-upstream.ts";
import { isGrpcProper, type RequestOrigin } from "./request-fields.ts";
import { createSessionPool, type Http1Found } from "./session-pool.ts";
import type { Upstream } from "./upstream.ts";
import { type CallOwner, UpstreamCall } from "./upstream-call.ts";
import { UpstreamError } from "./upstream-error.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import { speaksHttp1, upstreamClosed } from "./upstream-faults.ts";
import { defaultUpstreamLimits, type UpstreamLimits } from "./upstream-limits.ts";

/** What `createUpstream` needs. */
export interface UpstreamOptions extends RequestOrigin {
  /** Opens connections to the server. */
  readonly dial: Dial;
  /** How long the server may be silent while there are calls, in milliseconds; undefined for any time. */
  readonly keepaliveMs: number | undefined;
  /** Default: `defaultUpstreamLimits`. */
  readonly limits?: Partial<UpstreamLimits>;
}

/** The version of HTTP that a server speaks. */
export type UpstreamVersion = "http2" | "http1";

/** A server, with the connections to it, which come and go as they are needed. */
export interface ConnectedUpstream extends Upstream {
  /** What the server speaks; undefined until the first connection, and again where it may have become another one. */
  version(): UpstreamVersion | undefined;
  /** Whether there is a connection; over HTTP/1.1, where they come and go, whether the last one could be opened. */
  isConnected(): boolean;
  /**
   * Opens a connection, which stays for the calls to come, and tells each stage that ends well. Rejects with an
   * `UpstreamError`.
   */
  connect(attempt: Omit<ConnectAttempt, "events">): Promise<UpstreamVersion>;
  /** Lets the calls that there are go on to their ends, then closes their connections; ends every call from then on. */
  retire(): void;
  /** Ends all connections with their calls, and every call from then on. */
  close(): void;
}

/** How long a server of HTTP/1.1 is taken for one before a call of gRPC asks it again, in milliseconds. */
const http1BeliefMs = 10_000;

/** Creates an upstream. Nothing is dialled before the first call, or `connect`. */
export function createUpstream(options: UpstreamOptions): ConnectedUpstream {
  const { dial, scheme, authority } = options;
  const limits = { ...defaultUpstreamLimits, ...options.limits };
  const origin = { scheme, authority };
  let { keepaliveMs } = options;
  let version: UpstreamVersion | undefined;
  let http1Fault: UpstreamFault = speaksHttp1;
  let http1Since = 0;
  let isClosed = false;

  const connectOnce = async (attempt: ConnectAttempt): Promise<Connected> => {
    const connected = await connectUpstream({ dial, origin, limits, keepaliveMs }, attempt);
    version = connected.kind;
    return connected;
  };

  const pool = createSessionPool({
    limits,
    connect: (events: SessionEvents, signal: AbortSignal) => connectOnce({ events, signal }),
    onHttp1(found, calls) {
      takeHttp1(found);
      calls.forEach(place);
    },
    onLost({ kind }) {
      if (kind === "too-many-pings" && keepaliveMs !== undefined) {
        keepaliveMs *= 2;
      }
    },
  });

  const http1 = createHttp1Upstream({
    origin,
    limits,
    async dial(signal) {
      const { socket } = await dial({ alpn: ["http/1.1"], signal });
      return socket;
    },
    onDoubt() {
      version = undefined;
    },
  });

  function takeHttp1({ socket, fault }: Http1Found): void {
    http1Fault = fault;
    http1Since = performance.now();
    if (socket !== undefined) {
      http1.adopt(socket);
    }
  }

  function place(call: UpstreamCall): void {
    if (isClosed) {
      call.fail(upstreamClosed);
    } else if (version !== "http1" || pool.isConnected) {
      pool.take(call);
    } else if (!isGrpcProper(call.request.fields)) {
      http1.take(call);
    } else if (performance.now() - http1Since < http1BeliefMs) {
      call.fail(http1Fault);
    } else {
      // Another server may have taken its place.
      pool.take(call);
    }
  }

  const owner: CallOwner = {
    retry: place,
    forget(call) {
      pool.forget(call);
      http1.forget(call);
    },
  };

  return {
    version: () => version,
    isConnected: () => pool.isConnected || version === "http1",
    open(request, listener) {
      const call = new UpstreamCall(request, listener, owner);
      place(call);
      return call;
    },
    async connect(attempt) {
      if (isClosed) {
        throw new UpstreamError("policy", upstreamClosed);
      }
      const connected = await connectOnce({ ...attempt, events: pool.events });
      if (connected.kind === "http1") {
        takeHttp1(connected);
      }
      return connected.kind;
    },
    retire() {
      isClosed = true;
      pool.retire();
    },
    close() {
      isClosed = true;
      pool.close();
      http1.close();
    },
  };
}
