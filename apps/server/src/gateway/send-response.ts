import type { SendCredit } from "@switchboard/wire/send-credit.ts";
import { sendData } from "@switchboard/wire/send-data.ts";
import { encodeWebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import { type FrameSocket, headerBlock } from "./frame-socket.ts";
import type { GatewayResponse } from "./target.ts";

/** Where and how a response is sent. */
export interface SendOptions {
  readonly socket: FrameSocket;
  /** What the client lets us send. */
  readonly credit: SendCredit;
  /** Aborted when the client no longer wants the call. */
  readonly signal: AbortSignal;
}

/**
 * Sends the header and the body of a response, within the client's credit: what is asked for ahead of it is bounded as
 * `sendData` says. Resolves with the trailer, which is the caller's to send; rejects with the signal's reason when it
 * aborts.
 */
export async function sendResponse(response: GatewayResponse, options: SendOptions): Promise<Headers> {
  const { socket, credit, signal } = options;
  const body = response.body[Symbol.asyncIterator]();
  try {
    socket.send(encodeWebSocketFrame({ kind: "headers", payload: headerBlock(response.header) }));
    const sink = { credit, signal, send: socket.send, room: socket.drained, nextTurn: setImmediate };
    await sendData({ [Symbol.asyncIterator]: () => body }, sink);
    return response.trailer;
  } finally {
    await body.return?.();
  }
}
