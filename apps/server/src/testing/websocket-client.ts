import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { parseHeaderBlock, serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import { createSendCredit } from "@switchboard/wire/send-credit.ts";
import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  initialCredit,
  maxDataPayload,
  type WebSocketFrame,
  websocketSubprotocol,
} from "@switchboard/wire/websocket-frame.ts";
import { WebSocket } from "ws";

/** A client of the gateway's WebSocket that a test drives frame by frame. */
export interface WebSocketClient extends AsyncDisposable {
  /** Sends the header, by default of a call in JSON. */
  open(header?: Record<string, string>): void;
  /** Sends one message as an uncompressed envelope of JSON. */
  sendJson(value: unknown): void;
  /** Sends bytes in data frames, as the server gives credit for them. */
  sendBytes(bytes: Uint8Array): Promise<void>;
  sendFrame(frame: WebSocketFrame): void;
  /** Sends bytes as they are. */
  sendRaw(data: Uint8Array | string): void;
  /** How many bytes `sendBytes` has sent so far. */
  sentBytes(): number;
  /** Resolves with the next frame that isn't credit; rejects when the socket closes first. */
  next(): Promise<WebSocketFrame>;
  /** Resolves with the messages in the next data frame, as JSON. */
  nextJson(): Promise<unknown>;
  /** Resolves with the next frame, which must hold a header block. */
  nextBlock(kind: "headers" | "trailers"): Promise<Headers>;
  /** Reads to the trailers, and resolves with them and the close code. */
  ended(): Promise<{ readonly trailer: Headers; readonly closeCode: number }>;
  /** Resolves once the server has got all that was sent before. */
  roundTrip(): Promise<void>;
  /** Drops the connection without a close. */
  terminate(): void;
}

/** Options of the handshake. */
export interface WebSocketClientOptions {
  readonly protocol?: string;
  readonly origin?: string;
  /** Whether pings are answered. Default: true. */
  readonly autoPong?: boolean;
}

/** Opens a socket for a call of `path` through the gateway; rejects with `HTTP <status>` where the handshake is refused. */
export async function openWebSocket(
  baseUrl: string,
  path: string,
  { protocol = websocketSubprotocol, origin, autoPong = true }: WebSocketClientOptions = {},
): Promise<WebSocketClient> {
  const socket = new WebSocket(`${baseUrl.replace(/^http/, "ws")}${path}`, [protocol], { origin, autoPong });
  const frames: WebSocketFrame[] = [];
  const closed = Promise.withResolvers<number>();
  const credit = createSendCredit(initialCredit);
  const gone = new AbortController();
  let wake = () => {};
  let sent = 0;
  socket.on("message", (data) => {
    const frame = decodeWebSocketFrame(data as Buffer);
    if (frame.kind === "credit") {
      credit.add(frame.bytes);
    } else {
      frames.push(frame);
      wake();
    }
  });
  socket.once("close", (code) => {
    closed.resolve(code);
    gone.abort(new Error("the socket has closed"));
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      reject(new Error(`HTTP ${response.statusCode}`));
    });
  });
  socket.on("error", () => {});
  const sendFrame = (frame: WebSocketFrame) => socket.send(encodeWebSocketFrame(frame));

  async function next(): Promise<WebSocketFrame> {
    while (frames.length === 0 && socket.readyState !== WebSocket.CLOSED) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const frame = frames.shift();
    if (frame === undefined) {
      throw new Error("the socket closed before a frame came");
    }
    return frame;
  }

  async function nextBlock(kind: "headers" | "trailers"): Promise<Headers> {
    const frame = await next();
    if (frame.kind !== kind) {
      throw new Error(`a frame of kind ${frame.kind} came, where ${kind} was expected`);
    }
    return parseHeaderBlock(frame.payload);
  }

  return {
    open: (header = {}) =>
      sendFrame({
        kind: "headers",
        payload: serializeHeaderBlock(new Headers({ "content-type": "application/grpc-web+json", ...header })),
      }),
    sendJson: (value) =>
      sendFrame({ kind: "data", payload: encodeEnvelope(0, new TextEncoder().encode(JSON.stringify(value))) }),
    sendFrame,
    async sendBytes(bytes) {
      for (let at = 0; at < bytes.byteLength; ) {
        await credit.available(gone.signal);
        const length = credit.take(Math.min(bytes.byteLength - at, maxDataPayload));
        sendFrame({ kind: "data", payload: bytes.subarray(at, at + length) });
        at += length;
        sent += length;
      }
    },
    sentBytes: () => sent,
    sendRaw: (data) => socket.send(data),
    next,
    nextBlock,
    async nextJson() {
      const frame = await next();
      if (frame.kind !== "data") {
        throw new Error(`a frame of kind ${frame.kind} came, where data was expected`);
      }
      return JSON.parse(new TextDecoder().decode(frame.payload.subarray(5)));
    },
    async ended() {
      for (;;) {
        const frame = await next();
        if (frame.kind === "trailers") {
          return { trailer: parseHeaderBlock(frame.payload), closeCode: await closed.promise };
        }
      }
    },
    roundTrip: () =>
      new Promise((resolve) => {
        socket.once("pong", () => resolve());
        socket.ping();
      }),
    terminate: () => socket.terminate(),
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed.promise;
    },
  };
}
