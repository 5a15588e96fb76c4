import type { SendCredit } from "@switchboard/wire/send-credit.ts";
import { sendData } from "@switchboard/wire/send-data.ts";
import { encodeWebSocketFrame } from "@switchboard/wire/websocket-frame.ts";

/** Where a request's body goes. */
export interface BodySink {
  readonly socket: Pick<WebSocket, "send" | "bufferedAmount">;
  readonly credit: SendCredit;
  /** Aborts when the call is over. */
  readonly signal: AbortSignal;
  /** Runs a function in a later turn of the event loop. */
  readonly nextTurn: (callback: () => void) => void;
  /** Is told what was handed to the socket. */
  readonly onSent: (bytes: Uint8Array) => void;
}

/** Beyond so many bytes that the socket has not yet sent, sending waits, whatever credit the peer gave: 1 MiB. */
const maxBufferedBytes = 1_048_576;

/** How often a full socket is looked at, in milliseconds: a browser doesn't tell when it has sent. */
const bufferedPollMs = 10;

/** Sends a body as data frames, as fast as the peer's credit and the socket allow, and then the half-close. */
export async function sendBody(body: AsyncIterable<Uint8Array>, sink: BodySink): Promise<void> {
  const { socket, ...others } = sink;
  await sendData(body, {
    ...others,
    send: (frame) => socket.send(frame),
    room: () => (socket.bufferedAmount > maxBufferedBytes ? untilSent(sink) : undefined),
  });
  socket.send(encodeWebSocketFrame({ kind: "halfClose" }));
}

async function untilSent({ socket, signal }: BodySink): Promise<void> {
  while (socket.bufferedAmount > maxBufferedBytes) {
    await new Promise((resolve) => setTimeout(resolve, bufferedPollMs));
    signal.throwIfAborted();
  }
}
