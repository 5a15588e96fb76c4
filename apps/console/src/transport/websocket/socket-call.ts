import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalClientResponse } from "@connectrpc/connect/protocol";
import { serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import { createSendCredit, type SendCredit } from "@switchboard/wire/send-credit.ts";
import { initialCredit, type WebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import { createConnectionError } from "../../call/broken-connection.ts";
import type { CallOptions } from "../../call/call-options.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { createOutgoing } from "./outgoing.ts";
import { createResponseReader, garbled, type ResponseReader } from "./response-reader.ts";
import { sendBody } from "./send-body.ts";
import { createSocketLink, type SocketLink } from "./socket-link.ts";

/** A call to be made on a socket of its own. */
export interface SocketCallOptions {
  /** Opens the socket; called once, when the header can be sent. May throw what its constructor throws. */
  readonly openSocket: () => WebSocket;
  readonly header: Headers;
  /** Length-prefixed messages, each by itself. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Cancels the call. */
  readonly signal: AbortSignal;
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
  /** Runs a function in a later turn of the event loop. */
  readonly nextTurn: (callback: () => void) => void;
  readonly options: CallOptions;
}

/**
 * Makes one call on a socket, by the subprotocol of websocket-frame.ts. Resolves with the response at its header. The
 * call ends with the trailers frame alone: a socket that closes without one is a broken connection, whatever its close
 * code says.
 */
export async function performSocketCall(options: SocketCallOptions): Promise<UniversalClientResponse> {
  const { openSocket, body, signal, tap, nextTurn, options: callOptions } = options;
  const headerBlock = serializeHeaderBlock(options.header);
  signal.throwIfAborted();
  tap.requestStarted();
  const link = createSocketLink(open(openSocket));
  const reader = createResponseReader({
    tap,
    options: callOptions,
    giveCredit: (bytes) => link.send({ kind: "credit", bytes }),
  });
  const credit = createSendCredit(initialCredit);
  const outgoing = createOutgoing(body, { options: callOptions, onSent: tap.requestMessage });

  function fail(error: unknown): void {
    if (!link.over.aborted) {
      const reason = ConnectError.from(error, Code.Internal);
      link.send({ kind: "cancel", payload: new Uint8Array() });
      link.end(reason);
      reader.fail(reason);
    }
  }

  const cancel = () => fail(ConnectError.from(signal.reason, Code.Canceled));
  signal.addEventListener("abort", cancel, { signal: link.over });
  link.listen({
    onOpen() {
      tap.connected();
      tap.accepted();
      link.send({ kind: "headers", payload: headerBlock });
      const sink = { socket: link.socket, credit, signal: link.over, nextTurn, onSent: outgoing.onSent };
      sendBody(outgoing.body, sink).catch(fail);
    },
    onFrame: (frame) => receiveFrame(frame, { reader, credit, link }),
    onFault: fail,
  });
  return reader.response;
}

function open(openSocket: () => WebSocket): WebSocket {
  try {
    return openSocket();
  } catch (error) {
    throw createConnectionError("the browser refused to open the WebSocket", error);
  }
}

interface Receivers {
  readonly reader: ResponseReader;
  readonly credit: SendCredit;
  readonly link: SocketLink;
}

function receiveFrame(frame: WebSocketFrame, { reader, credit, link }: Receivers): void {
  switch (frame.kind) {
    case "headers":
      reader.receiveHeader(frame.payload);
      break;
    case "data":
      reader.receiveData(frame.payload);
      break;
    case "trailers":
      reader.receiveTrailers(frame.payload);
      link.end(new ConnectError("the call has ended", Code.Canceled));
      break;
    case "credit":
      credit.add(frame.bytes);
      break;
    case "halfClose":
    case "cancel":
      throw garbled(`a frame of the kind ${frame.kind}, which is the client's to send`);
  }
}
