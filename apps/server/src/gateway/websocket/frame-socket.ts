import { Code, ConnectError } from "@connectrpc/connect";
import { maxHeaderBlockBytes, serializeHeaderFields } from "@switchboard/wire/header-block.ts";
import { encodeWebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import type { WebSocket } from "ws";
import type { FieldList } from "../../net/http-exchange.ts";
import { createTrailers } from "../../rpc/grpc/status.ts";
import { addEndedBy } from "../bridge/ended-by.ts";

/** What a call needs of its WebSocket. */
export interface FrameSocket {
  /** Sends a frame; without effect once the socket is closing. */
  send(frame: Uint8Array): void;
  /** Whether it holds few enough unsent bytes to take more, or is closing. */
  hasRoom(): boolean;
  /** Calls back once what was sent so far was written, or can't be any more. */
  onceRoom(callback: () => void): void;
  /** Sends the trailers and closes with this code. Trailers that can't be sent are replaced by an error that says so. */
  end(trailers: FieldList, closeCode: number): void;
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
    hasRoom: () => !isOpen() || socket.bufferedAmount <= highWaterBytes,
    onceRoom(callback) {
      // A ping stands behind all that was sent before it, and its callback comes once it was written.
      socket.ping(undefined, undefined, () => callback());
    },
    end(trailers, closeCode) {
      send(encodeWebSocketFrame({ kind: "trailers", payload: trailerBlock(trailers) }));
      socket.close(closeCode);
      const timer = setTimeout(() => socket.terminate(), closeTimeoutMs);
      socket.once("close", () => clearTimeout(timer));
    },
  };
}

/**
 * Serializes the header of a response.
 *
 * @throws ConnectError where it is longer than a block may be, or has a field that can't stand in one.
 */
export function headerBlock(fields: FieldList): Uint8Array {
  const block = serializeHeaderFields(fields);
  if (block.byteLength > maxHeaderBlockBytes) {
    throw new ConnectError(
      `the response's metadata has ${block.byteLength} bytes, where ${maxHeaderBlockBytes} is the limit`,
      Code.ResourceExhausted,
    );
  }
  return block;
}

function trailerBlock(trailers: FieldList): Uint8Array {
  try {
    return headerBlock(trailers);
  } catch (error) {
    const fields = createTrailers(ConnectError.from(error, Code.Internal), undefined);
    addEndedBy(fields, "gateway");
    return serializeHeaderFields(fields);
  }
}
