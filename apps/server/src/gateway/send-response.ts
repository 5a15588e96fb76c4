import type { SendCredit } from "@switchboard/wire/send-credit.ts";
import { encodeWebSocketFrame, maxDataPayload } from "@switchboard/wire/websocket-frame.ts";
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
 * Sends the header and the body of a response, within the client's credit: no more of the body is asked for than can be
 * sent. Resolves with the trailer, which is the caller's to send; rejects with the signal's reason when it aborts.
 */
export async function sendResponse(response: GatewayResponse, options: SendOptions): Promise<Headers> {
  const { socket, signal } = options;
  const body = response.body[Symbol.asyncIterator]();
  try {
    socket.send(encodeWebSocketFrame({ kind: "headers", payload: headerBlock(response.header) }));
    for (let chunk = await body.next(); chunk.done !== true; chunk = await body.next()) {
      signal.throwIfAborted();
      await sendBytes(chunk.value, options);
    }
    return response.trailer;
  } finally {
    await body.return?.();
  }
}

async function sendBytes(bytes: Uint8Array, { socket, credit, signal }: SendOptions): Promise<void> {
  for (let at = 0; at < bytes.byteLength; ) {
    await credit.available(signal);
    const length = credit.take(Math.min(bytes.byteLength - at, maxDataPayload));
    socket.send(encodeWebSocketFrame({ kind: "data", payload: bytes.subarray(at, at + length) }));
    at += length;
    await socket.drained();
  }
}
