import { Code, ConnectError } from "@connectrpc/connect";
import { emptyBody, type FieldList, type HttpExchange } from "../../net/http-exchange.ts";
import type { EndedBy } from "../../rpc/call-end.ts";
import { createEnvelope } from "../../rpc/envelope.ts";
import { encodeText } from "../../rpc/grpc-web/encode-text.ts";
import { answerTooLong } from "../../rpc/message-limit.ts";
import type { Protocol } from "../../rpc/protocol.ts";
import type { UpstreamHead } from "../upstream/upstream.ts";
import { addEndedBy, endedByField } from "./ended-by.ts";
import { createForeignBody, type ForeignBody } from "./foreign-body.ts";
import type { MessageFault, MessageGuard } from "./message-guard.ts";
import type { EndReading, HeadReading, Passage, ResponseTerms } from "./passage.ts";

/** What `createCarriedResponse` needs. */
export interface CarriedResponseOptions {
  readonly exchange: HttpExchange;
  /** That of the client. */
  readonly protocol: Protocol;
  readonly terms: ResponseTerms;
  /** Whether the client gets its body in base64. */
  readonly text: boolean;
}

/** What a response asks of its call. */
export interface ResponseOwner {
  /** Ends the call with an error: what the target sends is in the way of the client. */
  fail(error: ConnectError, endedBy: EndedBy): void;
  /** Calls `flush` at the end of the turn of the event loop. */
  awaitTurn(): void;
  /** The client has to read before more is taken from the target. */
  hold(): void;
  /** What the target still sends is of no use. */
  discard(): void;
}

/** The response to one client, from what a target sends. */
export interface CarriedResponse {
  /** Whether its end was sent, or it was cut off. */
  readonly ended: boolean;
  /** Whether it was cut off. */
  readonly cut: boolean;
  /** Whether the client has to read first. */
  readonly blocked: boolean;
  readonly httpStatus: number;
  readonly bytesOut: number;
  /** The code of its status. */
  readonly code: number;
  readonly endedBy: EndedBy;
  /** To be called once, before the target sends anything. */
  follow(passage: Passage, owner: ResponseOwner): void;
  takeHead(head: UpstreamHead): void;
  takeData(chunk: Uint8Array): void;
  /** Takes the end of what the target sends; without trailers there were none. */
  takeEnd(trailers: FieldList | undefined): void;
  /** Ends the response with an error of the gateway, or with one that it tells in the target's place. */
  fail(error: ConnectError, endedBy: EndedBy): void;
  /**
   * Cuts the response off, so that its client can't take it for the whole.
   *
   * @param resetCode that of HTTP/2; by default `CANCEL`
   */
  cutOff(code: number, endedBy: EndedBy, resetCode?: number): void;
  /** The client is gone: nothing is sent any more. */
  abandon(): void;
  /** Sends what the target sent within the turn. */
  flush(): void;
  /** There is room again. */
  drained(): void;
}

/** Creates the response of a call. */
export function createCarriedResponse(options: CarriedResponseOptions): CarriedResponse {
  return new BridgedResponse(options);
}

/** The most that is kept back until the turn ends, in bytes. */
const maxHeldBytes = 65_536;

/** A longer message of a refusal goes in the body, in characters: a header has less room. */
const maxHeaderMessage = 1_024;

/** The statuses of responses that end with their head, whatever a server sends behind it (RFC 9110, section 6.4.1). */
const bodilessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What arrives within one turn of the event loop leaves in one piece: small messages cost no write each, and a response
 * that came whole is sent whole. A class, since every call makes one: its methods stand on the prototype.
 */
class BridgedResponse implements CarriedResponse {
  ended = false;
  cut = false;
  blocked = false;
  httpStatus = 200;
  bytesOut = 0;
  code = 0;
  endedBy: EndedBy = "upstream";
  readonly #options: CarriedResponseOptions;
  #passage: Passage | undefined = undefined;
  #owner: ResponseOwner | undefined = undefined;
  #guard: MessageGuard | undefined = undefined;
  #headFields: FieldList | undefined = undefined;
  #headCode: number | undefined = undefined;
  #headSent = false;
  #foreign: ForeignBody | undefined = undefined;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #waitsForTurn = false;

  constructor(options: CarriedResponseOptions) {
    this.#options = options;
  }

  follow(passage: Passage, owner: ResponseOwner): void {
    this.#passage = passage;
    this.#owner = owner;
    this.#guard = passage.createGuard(this.#options.terms);
  }

  takeHead(head: UpstreamHead): void {
    const reading = this.#read(head);
    switch (reading.kind) {
      case "open":
        this.httpStatus = reading.status;
        this.#headFields = reading.fields;
        this.#headCode = reading.code;
        this.#awaitTurn();
        return;
      case "whole":
        this.#headFields = reading.fields;
        this.#sendWhole(reading.status, reading.fields, emptyBody, undefined);
        this.code = reading.code;
        if (!head.isEnd) {
          this.#owner?.discard();
        }
        return;
      case "foreign":
        this.#foreign = createForeignBody(head);
        if (head.isEnd) {
          this.#owner?.fail(this.#foreign.toError(), "upstream");
        }
    }
  }

  takeData(chunk: Uint8Array): void {
    if (this.#foreign !== undefined) {
      if (this.#foreign.add(chunk)) {
        this.#owner?.fail(this.#foreign.toError(), "upstream");
      }
      return;
    }
    const guard = this.#guard as MessageGuard;
    this.#hold(guard.take(chunk));
    if (guard.fault !== undefined) {
      this.#owner?.fail(this.#faultError(guard.fault), "gateway");
    } else if (this.#heldBytes >= maxHeldBytes) {
      this.flush();
    } else {
      this.#awaitTurn();
    }
  }

  takeEnd(trailers: FieldList | undefined): void {
    if (this.#foreign !== undefined) {
      this.#owner?.fail(this.#foreign.toError(), "upstream");
      return;
    }
    const guard = this.#guard as MessageGuard;
    const end = (this.#passage as Passage).readEnd(trailers, { headCode: this.#headCode, last: guard.last });
    this.#hold(guard.rest());
    if (end.kind === "broken") {
      this.#owner?.fail(end.error, "upstream");
    } else {
      this.#end(end);
    }
  }

  fail(error: ConnectError, endedBy: EndedBy): void {
    if (this.ended) {
      return;
    }
    this.code = error.code;
    this.endedBy = endedBy;
    if (this.#headFields === undefined) {
      this.#refuse(error, endedBy);
      return;
    }
    const { protocol, terms } = this.#options;
    if (!protocol.enveloped) {
      this.cutOff(error.code, endedBy);
      return;
    }
    const trailer = new Headers({ [endedByField]: endedBy });
    const parts = { contentType: terms.contentType, encoding: undefined, header: undefined, trailer };
    const end = protocol.end(parts, error, undefined);
    switch (end.kind) {
      case "trailers":
        this.#end({ kind: "trailers", fields: end.fields, code: error.code });
        return;
      case "envelope":
        this.#end({ kind: "body", bytes: createEnvelope(end.flags, end.payload), code: error.code });
    }
  }

  cutOff(code: number, endedBy: EndedBy, resetCode?: number): void {
    this.flush();
    this.ended = true;
    this.cut = true;
    this.code = code;
    this.endedBy = endedBy;
    this.#options.exchange.reset(resetCode);
  }

  abandon(): void {
    this.ended = true;
    this.#held = [];
  }

  flush(): void {
    this.#waitsForTurn = false;
    if (this.ended || this.#headFields === undefined) {
      return;
    }
    const { exchange } = this.#options;
    if (!this.#headSent) {
      this.#headSent = true;
      exchange.sendHead(this.httpStatus, this.#headFields);
      if (this.#heldBytes === 0) {
        exchange.flush();
      }
    }
    if (this.#heldBytes > 0 && !exchange.write(this.#takeHeld())) {
      this.blocked = true;
      this.#owner?.hold();
    }
  }

  drained(): void {
    this.blocked = false;
  }

  /** What the passage makes of a head, if it has a status that can be passed on at all (RFC 9110, section 15). */
  #read(head: UpstreamHead): HeadReading {
    const { status } = head;
    if (!(status >= 200 && status <= 599)) {
      return { kind: "foreign" };
    }
    const bare = bodilessStatuses.has(status) && !head.isEnd ? { ...head, isEnd: true } : head;
    return (this.#passage as Passage).readHead(bare, this.#options.terms);
  }

  #awaitTurn(): void {
    if (!this.#waitsForTurn) {
      this.#waitsForTurn = true;
      this.#owner?.awaitTurn();
    }
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) {
      this.#held.push(bytes);
      this.#heldBytes += bytes.byteLength;
    }
  }

  /** What is held, as the client gets it. */
  #takeHeld(): Uint8Array {
    const held = this.#held;
    const bytes = held.length === 0 ? emptyBody : held.length === 1 ? (held[0] as Uint8Array) : Buffer.concat(held);
    this.#held = [];
    this.#heldBytes = 0;
    const written = this.#options.text ? encodeText(bytes) : bytes;
    this.bytesOut += written.byteLength;
    return written;
  }

  #end(end: Exclude<EndReading, { kind: "broken" }>): void {
    this.code = end.code;
    let trailers: FieldList | undefined;
    if (end.kind === "trailers") {
      trailers = end.fields;
    } else if ((this.#guard as MessageGuard).isInside) {
      // What follows would pass for the rest of the message. Without it the client knows that the body is cut short.
      this.code ||= Code.Internal;
    } else {
      this.#hold(end.bytes);
    }
    const { exchange } = this.#options;
    if (!this.#headSent) {
      this.#sendWhole(this.httpStatus, this.#headFields ?? [], this.#takeHeld(), trailers);
      return;
    }
    if (this.#heldBytes > 0) {
      exchange.write(this.#takeHeld());
    }
    this.ended = true;
    exchange.end(trailers);
  }

  #sendWhole(status: number, fields: FieldList, body: Uint8Array, trailers: FieldList | undefined): void {
    this.ended = true;
    this.#headSent = true;
    this.httpStatus = status;
    this.#options.exchange.send(status, fields, body, trailers);
  }

  /** Answers a call whose target has not answered. */
  #refuse(error: ConnectError, endedBy: EndedBy): void {
    const { protocol, terms, text } = this.#options;
    const { contentType } = terms;
    const isLong = protocol.name === "grpc-web" && error.rawMessage.length > maxHeaderMessage;
    const { status, fields, body, trailers } = isLong
      ? protocol.fail({ contentType, encoding: undefined, header: undefined, trailer: undefined }, error, undefined)
      : protocol.refuse(error, contentType, undefined);
    fields.push("x-content-type-options", "nosniff");
    addEndedBy(fields, endedBy);
    const bytes = text ? encodeText(body) : body;
    this.bytesOut += bytes.byteLength;
    this.#sendWhole(status, fields, bytes, trailers);
  }

  #faultError(fault: MessageFault): ConnectError {
    if (fault.kind === "too-long") {
      return answerTooLong(fault.bytes, this.#options.terms.maxMessageBytes);
    }
    const flags = `0x${fault.flags.toString(16).padStart(2, "0")}`;
    const why =
      fault.flags === 1
        ? "is compressed, though the client reads no compressed messages"
        : `has the flags ${flags}, which gRPC doesn't know`;
    return new ConnectError(`a message of the server ${why}`, Code.Internal);
  }
}
