import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalClientResponse } from "@connectrpc/connect/protocol";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import { createSendCredit } from "@switchboard/wire/send-credit.ts";
import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  initialCredit,
  type WebSocketFrame,
  websocketSubprotocol,
} from "@switchboard/wire/websocket-frame.ts";
import { createConnectionError } from "../../call/broken-connection.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { createResponseReader, garbled } from "./response-reader.ts";
import { sendBody } from "./send-body.ts";

/** A call to be made on a socket of its own. */
export interface SocketCallOptions {
  /** Opens the socket; called once, when the header can be sent. May throw what its constructor throws. */
  readonly openSocket: () => WebSocket;
  readonly header: Headers;
  /** Length-prefixed messages. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Cancels the call. */
  readonly signal: AbortSignal;
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
}

const closeNormal = 1000;

/**
 * Makes one call on a socket, by the subprotocol of websocket-frame.ts. Resolves with the response at its header. The
 * call ends with the trailers frame alone: a socket that closes without one is a broken connection, whatever its close
 * code says.
 */
export async function performSocketCall(options: SocketCallOptions): Promise<UniversalClientResponse> {
  const { body, signal, tap } = options;
  const headerBlock = serializeHeaderBlock(options.header);
  signal.throwIfAborted();
  tap.requestStarted();
  const socket = open(options.openSocket);
  /** Aborts when the call has ended; what comes later is ignored. */
  const over = new AbortController();
  const credit = createSendCredit(initialCredit);
  const reader = createResponseReader({ tap, giveCredit: (bytes) => send({ kind: "credit", bytes }) });
  let wasOpen = false;
  const onSent = createEnvelopeReader(({ length }) => tap.requestMessage(length));

  function send(frame: WebSocketFrame): void {
    if (socket.readyState === socket.OPEN) {
      socket.send(encodeWebSocketFrame(frame));
    }
  }

  function finish(reason: ConnectError): void {
    over.abort(reason);
    signal.removeEventListener("abort", cancel);
    socket.close(closeNormal);
  }

  function fail(error: unknown): void {
    if (!over.signal.aborted) {
      const reason = ConnectError.from(error, Code.Internal);
      send({ kind: "cancel", payload: new Uint8Array() });
      finish(reason);
      reader.fail(reason);
    }
  }

  function cancel(): void {
    fail(ConnectError.from(signal.reason, Code.Canceled));
  }

  function receive(frame: WebSocketFrame): void {
    switch (frame.kind) {
      case "headers":
        reader.receiveHeader(frame.payload);
        break;
      case "data":
        reader.receiveData(frame.payload);
        break;
      case "trailers":
        reader.receiveTrailers(frame.payload);
        finish(new ConnectError("the call has ended", Code.Canceled));
        break;
      case "credit":
        credit.add(frame.bytes);
        break;
      case "halfClose":
      case "cancel":
        throw garbled(`a frame of the kind ${frame.kind}, which is the client's to send`);
    }
  }

  function begin(): void {
    wasOpen = true;
    assertSubprotocol(socket);
    tap.accepted();
    send({ kind: "headers", payload: headerBlock });
    sendBody(body, { socket, credit, signal: over.signal, onSent }).catch(fail);
  }

  const whileRunning = (handle: () => void) => {
    if (!over.signal.aborted) {
      try {
        handle();
      } catch (error) {
        fail(error);
      }
    }
  };
  signal.addEventListener("abort", cancel);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => whileRunning(begin));
  socket.addEventListener("message", ({ data }) => whileRunning(() => receive(decodeMessage(data))));
  socket.addEventListener("close", () => fail(describeClose(wasOpen)));
  return reader.response;
}

function open(openSocket: () => WebSocket): WebSocket {
  try {
    return openSocket();
  } catch (error) {
    throw createConnectionError("the browser refused to open the WebSocket", error);
  }
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

function describeClose(wasOpen: boolean): ConnectError {
  return createConnectionError(
    wasOpen
      ? "the connection closed before the call's status came"
      : "the WebSocket could not be opened: the server can't be reached, or refused it",
  );
}
