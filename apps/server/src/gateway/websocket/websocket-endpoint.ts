import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import { maxFrameLength, websocketSubprotocol } from "@switchboard/wire/websocket-frame.ts";
import { type WebSocket, WebSocketServer } from "ws";
import { localTargetName } from "../../net/call-path.ts";
import { peerOf } from "../../net/peer.ts";
import type { Authenticate } from "../../rpc/authenticate.ts";
import { type CallLog, type LineFacts, logCall } from "../../rpc/call-log.ts";
import type { TargetDirectory } from "../gateway-target.ts";
import { createFrameSocket } from "./frame-socket.ts";
import { startTargetCall } from "./target-call.ts";
import { closeProtocolError, createWebSocketCall, type WebSocketCall } from "./websocket-call.ts";

/** A WebSocket handshake that may come in. */
export interface Handshake {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** The first bytes after the handshake's header. */
  readonly head: Buffer;
  /** The name of the target that the call goes to, whether there is one or not. */
  readonly target: string;
  /** `/package.Service/Method`. */
  readonly path: string;
}

/** Takes calls over WebSocket, one on each. */
export interface WebSocketEndpoint {
  /** Completes a handshake and serves its call; answers why not where it can't, by HTTP status and text. */
  accept(handshake: Handshake): { readonly status: number; readonly text: string } | undefined;
  /** Ends the sockets whose calls were not opened yet. Those of running calls close when these end. */
  drain(): void;
  /** Ends all calls. */
  stop(): void;
}

/** What `createWebSocketEndpoint` needs. */
export interface WebSocketEndpointOptions {
  readonly targets: TargetDirectory;
  /** Checks the token of calls to other servers; this server's own services do so themselves. */
  readonly authenticate: Authenticate;
  readonly log: CallLog;
  /** How long a client may take to open its call, in milliseconds. */
  readonly headersTimeout: number;
  /** How long a client may stay silent, its answers to pings included, in milliseconds; at most 30 seconds are used. */
  readonly idleTimeout: number;
  /** Whether the server takes new work. */
  readonly isServing: () => boolean;
}

/** The most WebSockets at a time. */
const maxOpenCalls = 1_024;

/** The longest time between two pings, in milliseconds. */
const maxPingIntervalMs = 30_000;

/** A client that pings without reading is cut off at this many unsent bytes: 1 MiB. */
const maxUnsentAtPing = 1_048_576;

const closeNormal = 1000;
const closeGoingAway = 1001;

/** Creates the endpoint. */
export function createWebSocketEndpoint(options: WebSocketEndpointOptions): WebSocketEndpoint {
  const { isServing } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxFrameLength,
    handleProtocols: () => websocketSubprotocol,
  });
  const calls = new Set<WebSocketCall>();

  function serve(socket: WebSocket, handshake: Handshake): void {
    const call = createCall(socket, handshake, options);
    calls.add(call);
    listen(socket, call, options);
    socket.once("close", () => calls.delete(call));
  }

  return {
    accept(handshake) {
      const { request, socket, head } = handshake;
      if (!offers(request, websocketSubprotocol)) {
        return { status: 400, text: `a WebSocket here speaks the subprotocol ${websocketSubprotocol}` };
      }
      if (calls.size >= maxOpenCalls || !isServing()) {
        return { status: 503, text: isServing() ? `there are ${maxOpenCalls} open calls, the limit` : "shutting down" };
      }
      server.handleUpgrade(request, socket, head, (opened) => serve(opened, handshake));
      return undefined;
    },
    drain() {
      for (const call of calls) {
        if (!call.isOpen()) {
          call.fail(new ConnectError("the server is shutting down", Code.Unavailable), closeGoingAway);
        }
      }
    },
    stop() {
      for (const call of calls) {
        call.fail(new ConnectError("the server has shut down", Code.Unavailable), closeGoingAway);
      }
    },
  };
}

/** Gives a call what its socket tells, until it closes. */
function listen(socket: WebSocket, call: WebSocketCall, options: WebSocketEndpointOptions): void {
  const { headersTimeout, idleTimeout } = options;
  const stopPings = watchPongs(socket, Math.min(maxPingIntervalMs, idleTimeout));
  const timer = setTimeout(() => {
    if (!call.isOpen()) {
      call.fail(slowHeader(headersTimeout), closeProtocolError);
    }
  }, headersTimeout);
  socket.on("message", (data, isBinary) => {
    if (isBinary) {
      // With the default `binaryType`, the data of a message is one Buffer.
      call.receive(data as Buffer);
    } else {
      call.fail(new ConnectError("the peer sent a text message", Code.Internal), closeProtocolError);
    }
  });
  // An error, as of a frame over the limit, closes the socket with the code that fits it.
  socket.on("error", (error) => call.fail(new ConnectError(error.message, Code.Internal), closeProtocolError));
  socket.once("close", () => {
    clearTimeout(timer);
    stopPings();
    call.socketClosed();
  });
}

/** Creates the call of a socket, whose line names the target where that is another server. */
function createCall(
  socket: WebSocket,
  { request, target: targetName, path }: Handshake,
  { targets, authenticate, log, isServing }: WebSocketEndpointOptions,
): WebSocketCall {
  const peer = peerOf(request.socket);
  const facts: LineFacts = { path, carrier: "websocket", form: undefined, peer, started: performance.now() };
  const isLocal = targetName === localTargetName;
  return createWebSocketCall({
    socket: createFrameSocket(socket),
    start: (fields, credit, events) =>
      startTargetCall(fields, { targets, authenticate, targetName, path, peer, credit }, events),
    closeCode: () => (isServing() ? closeNormal : closeGoingAway),
    log: (end) =>
      isLocal
        ? logCall(log, facts, { ...end, endedBy: undefined })
        : logCall(log, { ...facts, target: targetName }, end),
  });
}

function offers(request: IncomingMessage, subprotocol: string): boolean {
  const offered = request.headers["sec-websocket-protocol"] ?? "";
  return offered.split(",").some((name) => name.trim() === subprotocol);
}

function slowHeader(ms: number): ConnectError {
  return new ConnectError(`the call's header did not come within ${ms} milliseconds`, Code.DeadlineExceeded);
}

/** Pings a client, and cuts it off when the last ping wasn't answered. Answers how to stop. */
function watchPongs(socket: WebSocket, intervalMs: number): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  socket.on("ping", () => {
    if (socket.bufferedAmount > maxUnsentAtPing) {
      socket.terminate();
    }
  });
  const timer = setInterval(() => {
    if (answered) {
      answered = false;
      socket.ping();
    } else {
      socket.terminate();
    }
  }, intervalMs);
  return () => clearInterval(timer);
}
