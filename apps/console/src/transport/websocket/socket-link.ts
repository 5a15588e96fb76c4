import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  type WebSocketFrame,
  websocketSubprotocol,
} from "@switchboard/wire/websocket-frame.ts";
import { createConnectionError } from "../../call/broken-connection.ts";
import { garbled } from "./response-reader.ts";

/** What happens on a socket. Nothing is told once the link has ended. */
export interface SocketEvents {
  onOpen(): void;
  onFrame(frame: WebSocketFrame): void;
  /** The link can't go on: the socket closed, the peer sent what is no frame, or another event's function threw. */
  onFault(error: unknown): void;
}

/** A socket as a sender and receiver of frames. */
export interface SocketLink {
  readonly socket: WebSocket;
  /** Aborts when the link ends. */
  readonly over: AbortSignal;
  /** Sends a frame where the socket is open; otherwise there is nobody to tell. */
  send(frame: WebSocketFrame): void;
  listen(events: SocketEvents): void;
  /** Ends the link and closes the socket. */
  end(reason: unknown): void;
}

const closeNormal = 1000;

/** Creates a link on a socket that was just made. */
export function createSocketLink(socket: WebSocket): SocketLink {
  const over = new AbortController();
  let wasOpen = false;
  socket.binaryType = "arraybuffer";
  return {
    socket,
    over: over.signal,
    send(frame) {
      if (socket.readyState === socket.OPEN) {
        socket.send(encodeWebSocketFrame(frame));
      }
    },
    listen({ onOpen, onFrame, onFault }) {
      const guard = (handle: () => void) => {
        try {
          handle();
        } catch (error) {
          onFault(error);
        }
      };
      const whileLinked = { signal: over.signal };
      const opened = () => {
        wasOpen = true;
        assertSubprotocol(socket);
        onOpen();
      };
      socket.addEventListener("open", () => guard(opened), whileLinked);
      socket.addEventListener("message", ({ data }) => guard(() => onFrame(decodeMessage(data))), whileLinked);
      // The error event says nothing that the close event, which always follows, does not.
      socket.addEventListener("close", () => onFault(describeClose(wasOpen)), whileLinked);
    },
    end(reason) {
      over.abort(reason);
      socket.close(closeNormal);
    },
  };
}

function assertSubprotocol({ protocol }: WebSocket): void {
  if (protocol !== websocketSubprotocol) {
    throw createConnectionError(`the server does not speak the WebSocket subprotocol ${websocketSubprotocol}`);
  }
}

function decodeMessage(data: unknown): WebSocketFrame {
  if (!(data instanceof ArrayBuffer)) {
    throw garbled("a text message, where only binary ones are allowed");
  }
  return decodeWebSocketFrame(new Uint8Array(data));
}

function describeClose(wasOpen: boolean): Error {
  return createConnectionError(
    wasOpen
      ? "the connection closed before the call's status came"
      : "the WebSocket could not be opened: the server can't be reached, or refused it",
  );
}
