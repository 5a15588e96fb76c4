import type { SendCredit } from "@switchboard/wire/send-credit.ts";
import { encodeWebSocketFrame, maxDataPayload } from "@switchboard/wire/websocket-frame.ts";

/** Where a request's body goes. */
export interface BodySink {
  readonly socket: Pick<WebSocket, "send" | "bufferedAmount">;
  readonly credit: SendCredit;
  /** Aborts when the call is over. */
  readonly signal: AbortSignal;
  /** Is told what was handed to the socket. */
  readonly onSent: (bytes: Uint8Array) => void;
}

/** Beyond so many bytes that the socket has not yet sent, sending waits, whatever credit the peer gave: 1 MiB. */
const maxBufferedBytes = 1_048_576;

/** How often a full socket is looked at, in milliseconds: a browser doesn't tell when it has sent. */
const bufferedPollMs = 10;

/** Sends a body as data frames, as fast as the peer's credit and the socket allow, and then the half-close. */
export async function sendBody(body: AsyncIterable<Uint8Array>, sink: BodySink): Promise<void> {
  const { socket, signal } = sink;
  for await (const chunk of body) {
    await sendChunk(chunk, sink);
  }
  signal.throwIfAborted();
  socket.send(encodeWebSocketFrame({ kind: "halfClose" }));
}

async function sendChunk(chunk: Uint8Array, { socket, credit, signal, onSent }: BodySink): Promise<void> {
  let at = 0;
  while (at < chunk.byteLength) {
    await credit.available(signal);
    while (socket.bufferedAmount > maxBufferedBytes) {
      await wait(bufferedPollMs);
      signal.throwIfAborted();
    }
    const length = credit.take(Math.min(chunk.byteLength - at, maxDataPayload));
    const payload = chunk.subarray(at, at + length);
    socket.send(encodeWebSocketFrame({ kind: "data", payload }));
    onSent(payload);
    at += length;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
