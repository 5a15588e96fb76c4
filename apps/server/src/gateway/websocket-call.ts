import { Code, ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { parseHeaderBlock } from "@switchboard/wire/header-block.ts";
import { createReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { createSendCredit } from "@switchboard/wire/send-credit.ts";
import { decodeWebSocketFrame, encodeWebSocketFrame, initialCredit } from "@switchboard/wire/websocket-frame.ts";
import { createByteQueue } from "./byte-queue.ts";
import type { FrameSocket } from "./frame-socket.ts";
import { sendResponse } from "./send-response.ts";
import type { GatewayTarget } from "./target.ts";

/** One call on one WebSocket, from the socket's opening to its close. */
export interface WebSocketCall {
  /** Takes a binary message of the client. */
  receive(bytes: Uint8Array): void;
  /** Ends the call with an error that the client is told; without effect once the call has ended. */
  fail(error: ConnectError, closeCode: number): void;
  /** Tells that the socket has closed, which cancels a running call. */
  socketClosed(): void;
  /** Whether the client has opened the call with its header. */
  isOpen(): boolean;
}

/** What `createWebSocketCall` needs. */
export interface WebSocketCallOptions {
  readonly socket: FrameSocket;
  /** Where the call goes. */
  readonly target: GatewayTarget;
  readonly path: string;
  readonly peer: string;
  /** The close code after the status of a call that ran to its end. */
  readonly closeCode: () => number;
}

/** The close code of a breach of the subprotocol (RFC 6455, section 7.4.1). */
export const closeProtocolError = 1002;

/** Creates the call of a socket that has just opened. See websocket-frame.ts for the frames. */
export function createWebSocketCall(options: WebSocketCallOptions): WebSocketCall {
  const { socket, target, path, peer, closeCode } = options;
  const abort = new AbortController();
  const sendCredit = createSendCredit(initialCredit);
  const receiveCredit = createReceiveCredit(initialCredit, (bytes) =>
    socket.send(encodeWebSocketFrame({ kind: "credit", bytes })),
  );
  const body = createByteQueue(receiveCredit.consume);
  let state: "opening" | "open" | "half-closed" | "ended" = "opening";

  function fail(error: ConnectError, code: number): void {
    if (state !== "ended") {
      state = "ended";
      abort.abort(error);
      body.fail(error);
      socket.end(setTrailerStatus(new Headers(), error), code);
    }
  }

  async function run(header: Headers): Promise<void> {
    try {
      const response = await target.open({ path, header, body, signal: abort.signal, peer });
      const trailer = await sendResponse(response, { socket, credit: sendCredit, signal: abort.signal });
      if (state !== "ended") {
        state = "ended";
        socket.end(trailer, closeCode());
      }
    } catch (error) {
      fail(ConnectError.from(error, Code.Internal), closeCode());
    } finally {
      body.fail(new ConnectError("the call has ended", Code.Canceled));
    }
  }

  function open(header: Headers): void {
    if (state !== "opening") {
      throw new ConnectError("the peer sent a second header", Code.Internal);
    }
    state = "open";
    void run(header);
  }

  function receiveFrame(bytes: Uint8Array): void {
    const frame = decodeWebSocketFrame(bytes);
    if (state === "opening" && frame.kind !== "headers" && frame.kind !== "cancel") {
      throw new ConnectError(`the peer sent ${frame.kind} before its header`, Code.Internal);
    }
    switch (frame.kind) {
      case "headers":
        open(parseHeaderBlock(frame.payload));
        break;
      case "data":
        if (state === "half-closed") {
          throw new ConnectError("the peer sent data after its half-close", Code.Internal);
        }
        receiveCredit.receive(frame.payload.byteLength);
        body.push(frame.payload);
        break;
      case "halfClose":
        state = "half-closed";
        body.end();
        break;
      case "cancel":
        fail(new ConnectError("the client has cancelled the call", Code.Canceled), closeCode());
        break;
      case "credit":
        sendCredit.add(frame.bytes);
        break;
      case "trailers":
        throw new ConnectError("the peer sent trailers, which are the server's to send", Code.Internal);
    }
  }

  return {
    receive(bytes) {
      if (state === "ended") {
        return;
      }
      try {
        receiveFrame(bytes);
      } catch (error) {
        fail(ConnectError.from(error, Code.Internal), closeProtocolError);
      }
    },
    fail,
    socketClosed() {
      state = "ended";
      const error = new ConnectError("the client has gone away", Code.Canceled);
      abort.abort(error);
      body.fail(error);
    },
    isOpen: () => state === "open" || state === "half-closed",
  };
}
