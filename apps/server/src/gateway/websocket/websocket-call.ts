import { Code, ConnectError } from "@connectrpc/connect";
import { parseHeaderFields } from "@switchboard/wire/header-block.ts";
import { createReceiveCredit, type ReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { createSendCredit } from "@switchboard/wire/send-credit.ts";
import { decodeWebSocketFrame, encodeWebSocketFrame, initialCredit } from "@switchboard/wire/websocket-frame.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { CallEnd } from "../../rpc/call-end.ts";
import { createDataSender } from "./data-sender.ts";
import { type FrameSocket, headerBlock } from "./frame-socket.ts";
import { type CallOutcome, errorTrailers, type TargetCall, type TargetCallEvents } from "./target-call.ts";

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
  /** Starts the call by the fields of its header. The credit gets back what was taken of the request. */
  readonly start: (fields: FieldList, credit: ReceiveCredit, events: TargetCallEvents) => TargetCall;
  /** The close code after the status of a call that ran to its end. */
  readonly closeCode: () => number;
  /** Writes the line of the call, where its target doesn't. */
  readonly log: (end: CallEnd) => void;
}

/** The close code of a breach of the subprotocol (RFC 6455, section 7.4.1). */
export const closeProtocolError = 1002;

/** Creates the call of a socket that has just opened. See websocket-frame.ts for the frames. */
export function createWebSocketCall(options: WebSocketCallOptions): WebSocketCall {
  const { socket, start, closeCode, log } = options;
  const credit = createSendCredit(initialCredit);
  const receiveCredit = createReceiveCredit(initialCredit, (bytes) =>
    socket.send(encodeWebSocketFrame({ kind: "credit", bytes })),
  );
  const sender = createDataSender({ socket, credit, hold: () => call?.hold(), release: () => call?.release() });
  let call: TargetCall | undefined;
  let state: "opening" | "open" | "half-closed" | "ended" = "opening";
  let bytesIn = 0;
  let bytesOut = 0;

  function finish({ code, endedBy, fault }: CallOutcome): void {
    state = "ended";
    sender.stop();
    call?.cancel();
    if (call?.isLogged !== true) {
      log({ code, endedBy, fault, httpStatus: 200, bytesIn, bytesOut });
    }
  }

  function end(trailers: FieldList, outcome: CallOutcome, code: number): void {
    if (state !== "ended") {
      finish(outcome);
      socket.end(trailers, code);
    }
  }

  function fail(error: ConnectError, code: number, endedBy: CallOutcome["endedBy"] = "gateway"): void {
    end(errorTrailers(error, endedBy), { code: error.code, endedBy }, code);
  }

  const events: TargetCallEvents = {
    onHeader(fields) {
      try {
        socket.send(encodeWebSocketFrame({ kind: "headers", payload: headerBlock(fields) }));
      } catch (error) {
        fail(ConnectError.from(error, Code.Internal), closeCode());
      }
    },
    onData(bytes) {
      bytesOut += bytes.byteLength;
      sender.push(bytes);
    },
    onEnd: (trailers, outcome) => sender.finish(() => end(trailers, outcome, closeCode())),
    onFail: (trailers, outcome) => end(trailers, outcome, closeCode()),
  };

  function open(fields: FieldList): void {
    if (state !== "opening") {
      throw new ConnectError("the peer sent a second header", Code.Internal);
    }
    state = "open";
    const started = start(fields, receiveCredit, events);
    // It may have failed before it was known here.
    if (isEnded()) {
      started.cancel();
    } else {
      call = started;
    }
  }

  function isEnded(): boolean {
    return state === "ended";
  }

  function receiveData(payload: Uint8Array): void {
    if (state === "half-closed") {
      throw new ConnectError("the peer sent data after its half-close", Code.Internal);
    }
    receiveCredit.receive(payload.byteLength);
    bytesIn += payload.byteLength;
    call?.push(payload);
  }

  function receiveFrame(bytes: Uint8Array): void {
    const frame = decodeWebSocketFrame(bytes);
    if (state === "opening" && frame.kind !== "headers" && frame.kind !== "cancel") {
      throw new ConnectError(`the peer sent ${frame.kind} before its header`, Code.Internal);
    }
    switch (frame.kind) {
      case "headers":
        open(parseHeaderFields(frame.payload));
        break;
      case "data":
        receiveData(frame.payload);
        break;
      case "halfClose":
        state = "half-closed";
        call?.halfClose();
        break;
      case "cancel":
        fail(new ConnectError("the client has cancelled the call", Code.Canceled), closeCode(), "client");
        break;
      case "credit":
        credit.add(frame.bytes);
        sender.credited();
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
      if (state === "opening") {
        state = "ended";
      } else if (state !== "ended") {
        finish({ code: Code.Canceled, endedBy: "client" });
      }
    },
    isOpen: () => state === "open" || state === "half-closed",
  };
}
