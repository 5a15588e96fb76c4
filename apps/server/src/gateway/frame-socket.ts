import { Code, ConnectError } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import { encodeWebSocketFrame, maxDataPayload } from "@switchboard/wire/websocket-frame.ts";
import type { WebSocket } from "ws";

/** What a call needs of its WebSocket. */
export interface FrameSocket {
  /** Sends a frame; without effect once the socket is closing. */
  send(frame: Uint8Array): void;
  /** Resolves once the socket holds few enough unsent bytes, or is closing. */
  drained(): Promise<void>;
  /** Sends the trailers and closes with this code. Trailers that can't be sent are replaced by an error that says so. */
  end(trailer: Headers, closeCode: number): void;
}

/** How many unsent bytes a socket may hold before what feeds it waits: 256 KiB. */
const highWaterBytes = 262_144;

/** How long a client may take to answer a close, in milliseconds; then it is cut off. */
const closeTimeoutMs = 2_000;

/** Wraps a WebSocket. */
export function createFrameSocket(socket: WebSocket): FrameSocket {
  const isOpen = () => socket.readyState === socket.OPEN;
  const send = (frame: Uint8Array) => {
    if (isOpen()) {
      socket.send(frame);
    }
  };
  return {
    send,
    async drained() {
      if (isOpen() && socket.bufferedAmount > highWaterBytes) {
        // A ping stands behind all that was sent before it, and its callback comes once it was written.
        await new Promise<void>((resolve) => socket.ping(undefined, undefined, () => resolve()));
      }
    },
    end(trailer, closeCode) {
      send(encodeWebSocketFrame({ kind: "trailers", payload: trailerBlock(trailer) }));
      socket.close(closeCode);
      const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
      socket.once("close", () => clearTimeout(timer));
    },
  };
}

/**
 * Serializes the header of a response.
 *
 * @throws ConnectError where it is longer than a frame may be or has a field that can't stand in a block.
 */
export function headerBlock(header: Headers): Uint8Array {
  const block = serializeHeaderBlock(header);
  if (block.byteLength > maxDataPayload) {
    throw new ConnectError(
      `the response's metadata has ${block.byteLength} bytes, where ${maxDataPayload} is the limit`,
      Code.ResourceExhausted,
    );
  }
  return block;
}

function trailerBlock(trailer: Headers): Uint8Array {
  try {
    return headerBlock(trailer);
  } catch (error) {
    return serializeHeaderBlock(setTrailerStatus(new Headers(), ConnectError.from(error, Code.Internal)));
  }
}
