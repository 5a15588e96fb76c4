import { Code, ConnectError } from "@connectrpc/connect";
import { parseHeaderFields } from "@switchboard/wire/header-block.ts";
import { createReceiveCredit, type ReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { createSendCredit } from "@switchboard/wire/send-credit.ts";
import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  initialCredit,
  type WebSocketFrame,
} from "@switchboard/wire/websocket-frame.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { CallEnd, EndedBy } from "../../rpc/call-end.ts";
import { createDataSender, type DataSender } from "./data-sender.ts";
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
  return new Call(options);
}

class Call implements WebSocketCall, TargetCallEvents {
  readonly #options: WebSocketCallOptions;
  readonly #credit = createSendCredit(initialCredit);
  readonly #receiveCredit: ReceiveCredit;
  readonly #sender: DataSender;
  #target: TargetCall | undefined = undefined;
  #state: "opening" | "open" | "half-closed" | "ended" = "opening";
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(options: WebSocketCallOptions) {
    const { socket } = options;
    this.#options = options;
    this.#receiveCredit = createReceiveCredit(initialCredit, (bytes) =>
      socket.send(encodeWebSocketFrame({ kind: "credit", bytes })),
    );
    this.#sender = createDataSender({
      socket,
      credit: this.#credit,
      hold: () => this.#target?.hold(),
      release: () => this.#target?.release(),
    });
  }

  receive(bytes: Uint8Array): void {
    if (this.#state === "ended") {
      return;
    }
    try {
      this.#receiveFrame(decodeWebSocketFrame(bytes));
    } catch (error) {
      this.fail(ConnectError.from(error, Code.Internal), closeProtocolError);
    }
  }

  fail(error: ConnectError, closeCode: number): void {
    this.#fail(error, closeCode, "gateway");
  }

  socketClosed(): void {
    if (this.#state === "opening") {
      this.#state = "ended";
    } else if (this.#state !== "ended") {
      this.#finish({ code: Code.Canceled, endedBy: "client" });
    }
  }

  isOpen(): boolean {
    return this.#state === "open" || this.#state === "half-closed";
  }

  onHeader(fields: FieldList): void {
    const { socket, closeCode } = this.#options;
    try {
      socket.send(encodeWebSocketFrame({ kind: "headers", payload: headerBlock(fields) }));
    } catch (error) {
      this.fail(ConnectError.from(error, Code.Internal), closeCode());
    }
  }

  onData(bytes: Uint8Array): void {
    this.#bytesOut += bytes.byteLength;
    this.#sender.push(bytes);
  }

  onEnd(trailers: FieldList, outcome: CallOutcome): void {
    this.#sender.finish(() => this.#end(trailers, outcome, this.#options.closeCode()));
  }

  onFail(trailers: FieldList, outcome: CallOutcome): void {
    this.#end(trailers, outcome, this.#options.closeCode());
  }

  #receiveFrame(frame: WebSocketFrame): void {
    if (this.#state === "opening" && frame.kind !== "headers" && frame.kind !== "cancel") {
      throw new ConnectError(`the peer sent ${frame.kind} before its header`, Code.Internal);
    }
    switch (frame.kind) {
      case "headers":
        this.#open(parseHeaderFields(frame.payload));
        break;
      case "data":
        this.#receiveData(frame.payload);
        break;
      case "halfClose":
        this.#state = "half-closed";
        this.#target?.halfClose();
        break;
      case "cancel":
        this.#fail(
          new ConnectError("the client has cancelled the call", Code.Canceled),
          this.#options.closeCode(),
          "client",
        );
        break;
      case "credit":
        this.#credit.add(frame.bytes);
        this.#sender.flush();
        break;
      case "trailers":
        throw new ConnectError("the peer sent trailers, which are the server's to send", Code.Internal);
    }
  }

  #open(fields: FieldList): void {
    if (this.#state !== "opening") {
      throw new ConnectError("the peer sent a second header", Code.Internal);
    }
    this.#state = "open";
    const target = this.#options.start(fields, this.#receiveCredit, this);
    // What is wrong with the header may have ended it already.
    if (this.isOpen()) {
      this.#target = target;
    }
  }

  #receiveData(payload: Uint8Array): void {
    if (this.#state === "half-closed") {
      throw new ConnectError("the peer sent data after its half-close", Code.Internal);
    }
    this.#receiveCredit.receive(payload.byteLength);
    this.#bytesIn += payload.byteLength;
    this.#target?.push(payload);
  }

  #fail(error: ConnectError, closeCode: number, endedBy: EndedBy): void {
    this.#end(errorTrailers(error, endedBy), { code: error.code, endedBy }, closeCode);
  }

  #end(trailers: FieldList, outcome: CallOutcome, closeCode: number): void {
    if (this.#state !== "ended") {
      this.#finish(outcome);
      this.#options.socket.end(trailers, closeCode);
    }
  }

  #finish({ code, endedBy, fault }: CallOutcome): void {
    this.#state = "ended";
    this.#sender.stop();
    this.#target?.cancel();
    if (this.#target?.isLogged !== true) {
      const { log } = this.#options;
      log({ code, endedBy, fault, httpStatus: 200, bytesIn: this.#bytesIn, bytesOut: this.#bytesOut });
    }
  }
}
