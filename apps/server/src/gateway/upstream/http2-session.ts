import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import type { Socket } from "node:net";
import { isTlsError, tlsFault } from "../dial/tls-faults.ts";
import { createHttp2Attempt, type StreamOwner } from "./http2-attempt.ts";
import { holdNativeSession, type NativeSession } from "./native-session.ts";
import { http2Fields, type RequestOrigin } from "./request-fields.ts";
import { createResetBudget, resetBudgetSize } from "./reset-budget.ts";
import { startKeepalive } from "./session-keepalive.ts";
import type { UpstreamCall } from "./upstream-call.ts";
import type { Goaway, SessionEnd } from "./upstream-end.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import {
  brokeHttp2,
  closedBeforeSettings,
  connectionLost,
  headerTooLarge,
  pingUnanswered,
  tooManyPings,
  unsendableRequest,
} from "./upstream-faults.ts";
import type { UpstreamLimits } from "./upstream-limits.ts";

/** What `createHttp2Session` needs. */
export interface Http2SessionOptions {
  readonly socket: Socket;
  readonly origin: RequestOrigin;
  readonly limits: UpstreamLimits;
  /** How long the server may be silent while there are calls, in milliseconds; undefined for any time. */
  readonly keepaliveMs: number | undefined;
  /** The server's SETTINGS have come, and it has acknowledged ours: calls may be started. */
  onReady(session: UpstreamSession): void;
  /** A call may be started, where none could be before. */
  onRoom(session: UpstreamSession): void;
  /** No more calls may be started; those it has go on, unless it is a fault that will end them. */
  onDraining(session: UpstreamSession, fault: UpstreamFault | undefined): void;
  /** It is gone with all its calls, told last and once. Without a fault it was closed by us, idle or drained. */
  onClose(session: UpstreamSession, fault: UpstreamFault | undefined): void;
}

/** A connection of HTTP/2 to a server. */
export interface UpstreamSession {
  /** How many calls it can carry at a time. */
  readonly capacity: number;
  /** Whether it is being asked if it still carries calls, and `onRoom` or `onClose` follows. */
  readonly isVerifying: boolean;
  /** Whether a call can be started now. */
  hasRoom(): boolean;
  /** Starts a call. */
  start(call: UpstreamCall): void;
  /** Takes no more calls, and closes once those it has are over. */
  drain(): void;
  /** Closes the connection with all its calls. */
  destroy(fault: UpstreamFault): void;
}

/**
 * How much a server may send on a stream before it is read, in bytes: all of it is kept for a reader that stops. By
 * measurement a fast stream gains nothing from more, and loses most of its speed from 1 MiB on. Of all streams of a
 * connection together, Node takes what it is sent at once.
 */
const streamWindowBytes = 262_144;
const connectionWindowBytes = 16_777_216;

/** What is read of one header block: its fields, and their bytes with 32 for each (RFC 9113, section 6.5.2). */
const maxHeaderFields = 4_000;
const maxHeaderBytes = 1_048_576;

/** The longest header block that is sent. Beyond it Node refuses the stream as if the server did, and ends the session. */
const maxSendHeaderBlockLength = 1_048_576;

/** What a session may keep in memory, in MB as Node counts it: beyond, it resets streams. */
const maxSessionMemory = 256;

const sessionOptions = {
  settings: { enablePush: false, initialWindowSize: streamWindowBytes, maxHeaderListSize: maxHeaderBytes },
  maxHeaderListPairs: maxHeaderFields,
  maxSendHeaderBlockLength,
  maxSessionMemory,
  // Metadata may repeat whatever its name, as `authorization`. Node's types know the option for servers alone.
  strictSingleValueFields: false,
};

/** Opens a session of HTTP/2 on a socket that is connected. */
export function createHttp2Session(options: Http2SessionOptions): UpstreamSession {
  return new Http2UpstreamSession(options);
}

const request = { endStream: false } as const;

/** `verifying` while it is asked if it still carries calls, `draining` while it only ends those it has. */
type SessionState = "connecting" | "verifying" | "ready" | "draining" | "closed";

class Http2UpstreamSession implements UpstreamSession, StreamOwner {
  capacity = resetBudgetSize;
  readonly #options: Http2SessionOptions;
  readonly #session: ClientHttp2Session;
  readonly #budget = createResetBudget();
  #native: NativeSession | undefined = undefined;
  #open = 0;
  /** Whether the server's SETTINGS came, and whether it acknowledged ours. */
  #hasSettings = false;
  #isAgreed = false;
  #state: SessionState = "connecting";
  #fault: UpstreamFault | undefined = undefined;
  #goaway: Goaway | undefined = undefined;
  #idleSince = performance.now();
  #idleTimer: NodeJS.Timeout | undefined = undefined;
  #pingTimer: NodeJS.Timeout | undefined = undefined;
  #stopKeepalive: () => void = () => {};

  constructor(options: Http2SessionOptions) {
    this.#options = options;
    const { socket, origin } = options;
    // The authority is told by each request.
    this.#session = connect(`${origin.scheme}://localhost`, {
      createConnection: () => socket,
      ...sessionOptions,
    });
    const session = this.#session;
    session.once("connect", () => {
      // A session can be given up in the turn before it is told of its connection.
      if (!session.destroyed) {
        session.setLocalWindowSize(connectionWindowBytes);
        this.#native = holdNativeSession(session);
      }
    });
    session.on("remoteSettings", ({ maxConcurrentStreams }) => {
      this.capacity = Math.min(resetBudgetSize, maxConcurrentStreams ?? resetBudgetSize);
      this.#hasSettings = true;
      this.#begin();
      this.#tellRoom();
    });
    // A header block that breaks our limits before the server has agreed to them can abort Node's process, seen in 26.10.
    session.once("localSettings", () => {
      this.#isAgreed = true;
      this.#begin();
    });
    session.on("goaway", (code, lastStreamId, data) => void this.#onGoaway(code, lastStreamId, data));
    session.on("error", (error: NodeJS.ErrnoException) => {
      this.#fault ??= this.#faultOf(error);
    });
    session.on("close", () => void this.#onClose());
  }

  endOf(error: Error | undefined): SessionEnd {
    const isLost = this.#session.destroyed;
    // The streams of a session that breaks learn of it before the session itself.
    const fault = this.#fault ?? (isLost && error !== undefined ? this.#faultOf(error) : undefined);
    return { isLost, fault, goaway: this.#goaway };
  }

  get isVerifying(): boolean {
    return this.#state === "verifying";
  }

  hasRoom(): boolean {
    if (this.#state !== "ready" || this.#open >= this.capacity) {
      return false;
    }
    // One that breaks is destroyed before it tells that it is closed.
    if (this.#session.closed || this.#session.destroyed) {
      this.drain();
      return false;
    }
    if (this.#open === 0 && performance.now() - this.#idleSince > this.#options.limits.verifyAfterMs) {
      this.#verify();
      return false;
    }
    // All its calls may be cancelled at once.
    return this.#open < this.#budget.left();
  }

  start(call: UpstreamCall): void {
    let stream: ReturnType<ClientHttp2Session["request"]>;
    try {
      stream = this.#session.request(http2Fields(call.request, this.#options.origin), request);
    } catch {
      call.fail(unsendableRequest);
      return;
    }
    this.#open++;
    call.begin(createHttp2Attempt(stream, this, call));
  }

  drain(): void {
    if (this.#state === "closed" || this.#state === "draining") {
      return;
    }
    this.#state = "draining";
    this.#options.onDraining(this, this.#fault);
    this.#closeIfIdle();
  }

  destroy(fault: UpstreamFault): void {
    this.#fault ??= fault;
    this.#session.destroy();
  }

  onReset(): void {
    this.#budget.spend();
    if (this.#budget.left() < resetBudgetSize / 4) {
      this.drain();
    }
  }

  onStreamClose(stream: ClientHttp2Stream, isComplete: boolean): void {
    if (!isComplete) {
      this.#native?.outlive(stream);
    }
    this.#open--;
    if (this.#open === 0) {
      this.#idleSince = performance.now();
      this.#closeIfIdle();
    }
    this.#tellRoom();
  }

  #tellRoom(): void {
    if (this.#state === "ready") {
      this.#options.onRoom(this);
    }
  }

  #begin(): void {
    if (this.#state !== "connecting" || !this.#hasSettings || !this.#isAgreed) {
      return;
    }
    const { keepaliveMs, onReady, socket } = this.#options;
    const { pingTimeoutMs } = this.#options.limits;
    this.#state = "ready";
    this.#watchIdle();
    if (keepaliveMs !== undefined) {
      this.#stopKeepalive = startKeepalive({
        intervalMs: keepaliveMs,
        bytesRead: () => socket.bytesRead,
        isInUse: () => this.#open > 0,
        ask: () => void this.#ping(pingTimeoutMs, () => {}),
      });
    }
    onReady(this);
  }

  #onGoaway(code: number, lastStreamId: number, data: Uint8Array | undefined): void {
    const text = data === undefined ? "" : Buffer.from(data).toString("latin1");
    const isTooManyPings = code === constants.NGHTTP2_ENHANCE_YOUR_CALM && text === "too_many_pings";
    this.#goaway = { code, lastStreamId, isTooManyPings };
    if (isTooManyPings) {
      this.#fault ??= tooManyPings;
    }
    this.drain();
  }

  #onClose(): void {
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#pingTimer);
    this.#stopKeepalive();
    const fault = this.#fault ?? faultOfClosing(this.#state);
    this.#state = "closed";
    this.#options.onClose(this, fault);
  }

  #watchIdle(): void {
    const { idleMs } = this.#options.limits;
    const look = () => {
      const idleFor = this.#open > 0 ? 0 : performance.now() - this.#idleSince;
      if (idleFor >= idleMs) {
        this.drain();
      } else {
        this.#idleTimer = setTimeout(look, Math.ceil(idleMs - idleFor));
      }
    };
    this.#idleTimer = setTimeout(look, idleMs);
  }

  /** Asks a server that was not heard of for long, so that no call is lost on a connection that is no more. */
  #verify(): void {
    this.#state = "verifying";
    this.#ping(this.#options.limits.verifyTimeoutMs, () => {
      if (this.#state === "verifying") {
        this.#state = "ready";
        this.#idleSince = performance.now();
        this.#options.onRoom(this);
      }
    });
  }

  #ping(timeoutMs: number, onAnswer: () => void): void {
    if (this.#pingTimer !== undefined || this.#session.destroyed || this.#session.closed) {
      return;
    }
    this.#pingTimer = setTimeout(() => void this.destroy(pingUnanswered), timeoutMs);
    this.#session.ping((error) => {
      clearTimeout(this.#pingTimer);
      this.#pingTimer = undefined;
      if (error === null) {
        onAnswer();
      }
    });
  }

  #faultOf(error: NodeJS.ErrnoException): UpstreamFault | undefined {
    if (isTlsError(error)) {
      return tlsFault(undefined, error);
    }
    if (error.code !== "ERR_HTTP2_ERROR") {
      return undefined;
    }
    return this.#isAgreed ? headerTooLarge : brokeHttp2;
  }

  #closeIfIdle(): void {
    if (this.#state === "draining" && this.#open === 0) {
      this.#session.close();
    }
  }
}

/** What it means that a session closes in this state and nobody says why. */
function faultOfClosing(state: SessionState): UpstreamFault | undefined {
  switch (state) {
    case "connecting":
      return closedBeforeSettings;
    case "verifying":
    case "ready":
      return connectionLost;
    case "draining":
    case "closed":
      return undefined;
  }
}
