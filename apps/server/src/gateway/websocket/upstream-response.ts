import { Code, ConnectError } from "@connectrpc/connect";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { maxHeaderBlockBytes, parseHeaderFields } from "@switchboard/wire/header-block.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { EndedBy } from "../../rpc/call-end.ts";
import { compressedFlag } from "../../rpc/envelope.ts";
import { trailerFlag } from "../../rpc/grpc-web/status.ts";
import { answerTooLong } from "../../rpc/message-limit.ts";
import { createForeignBody, type ForeignBody } from "../bridge/foreign-body.ts";
import { mediaTypeOf } from "../bridge/media-type.ts";
import { createMessageGuard, type MessageFault, type MessageGuard } from "../bridge/message-guard.ts";
import { appendResponseFields, findField } from "../bridge/response-fields.ts";
import { appendStatus, readUpstreamStatus, statusField } from "../bridge/upstream-status.ts";
import type { UpstreamHead, UpstreamListener } from "../upstream/upstream.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";
import type { CarriedWire } from "./call-request.ts";

/** What a response tells a call. After `onEnd` or `onError` nothing follows. */
export interface ResponseEvents {
  /** The response's metadata, told once at most. */
  onHeader(fields: FieldList): void;
  onData(bytes: Uint8Array): void;
  /** The fields that end the call, and the code in their `grpc-status`. */
  onEnd(trailers: FieldList, code: number): void;
  /** There is no status of the server, or it can't be passed on. */
  onError(error: ConnectError, endedBy: EndedBy): void;
  onDrain(): void;
}

/** What is known of a response before it comes. */
export interface ResponseTerms {
  readonly wire: CarriedWire;
  /** The content type that the client is told. */
  readonly contentType: string;
  /** Whether the client reads compressed messages. */
  readonly readsCompressed: boolean;
  /** The longest message, in bytes. */
  readonly maxMessageBytes: number;
}

const ownHeadFields: ReadonlySet<string> = new Set(["content-type"]);
const ownTrailerFields: ReadonlySet<string> = new Set(["content-type", statusField]);

/** Creates what turns an upstream's response, be it of gRPC or gRPC-Web, into the events of a call. */
export function createUpstreamResponse(terms: ResponseTerms, events: ResponseEvents): UpstreamListener {
  return new Response(terms, events);
}

class Response implements UpstreamListener {
  readonly #terms: ResponseTerms;
  readonly #events: ResponseEvents;
  readonly #guard: MessageGuard;
  readonly #follow: ((chunk: Uint8Array) => void) | undefined;
  #trailers: FieldList | undefined = undefined;
  #foreign: ForeignBody | undefined = undefined;
  #over = false;

  constructor(terms: ResponseTerms, events: ResponseEvents) {
    this.#terms = terms;
    this.#events = events;
    const legalFlags = terms.readsCompressed ? compressedFlag : 0;
    this.#guard = createMessageGuard(terms.maxMessageBytes, { legalFlags, lastFlag: 0 });
    this.#follow = terms.wire === "grpc" ? undefined : this.#createTrailerReader();
  }

  onHead(head: UpstreamHead): void {
    const { fields } = head;
    const isOurs = head.status === 200 && this.#isOwnType(mediaTypeOf(findField(fields, "content-type") ?? ""));
    const status = readUpstreamStatus(findField(fields, statusField));
    if (status !== undefined && (head.isEnd || !isOurs || this.#terms.wire === "grpc-web")) {
      this.#trailers = fields;
    } else if (isOurs) {
      const header: FieldList = ["content-type", this.#terms.contentType];
      appendResponseFields(header, fields, "native", ownHeadFields);
      this.#events.onHeader(header);
    } else {
      this.#foreign = createForeignBody(head);
    }
  }

  onData(chunk: Uint8Array): void {
    if (this.#over) {
      return;
    }
    if (this.#foreign !== undefined) {
      if (this.#foreign.add(chunk)) {
        this.#fail(this.#foreign.toError(), "upstream");
      }
      return;
    }
    const passed = this.#guard.take(chunk);
    if (passed.byteLength > 0) {
      this.#events.onData(passed);
    }
    try {
      this.#follow?.(chunk);
    } catch (error) {
      this.#fail(ConnectError.from(error, Code.Internal), "upstream");
      return;
    }
    const { fault } = this.#guard;
    if (fault !== undefined && !this.#isTrailers(fault)) {
      this.#fail(messageError(fault, this.#terms.maxMessageBytes), "gateway");
    }
  }

  onTrailers(fields: FieldList): void {
    this.#trailers ??= fields;
  }

  onDrain(): void {
    this.#events.onDrain();
  }

  onClose(fault: UpstreamFault | undefined): void {
    if (this.#over) {
      return;
    }
    if (fault !== undefined) {
      this.#fail(new ConnectError(fault.message, fault.code), fault.endedBy);
      return;
    }
    if (this.#foreign !== undefined) {
      this.#fail(this.#foreign.toError(), "upstream");
      return;
    }
    const rest = this.#guard.rest();
    if (rest.byteLength > 0) {
      this.#events.onData(rest);
    }
    this.#end();
  }

  #end(): void {
    const trailers = this.#trailers;
    const status = trailers && readUpstreamStatus(findField(trailers, statusField));
    if (trailers === undefined || status === undefined) {
      this.#fail(new ConnectError("the server ended its response without a grpc-status", Code.Internal), "upstream");
      return;
    }
    this.#over = true;
    const fields: FieldList = [];
    appendStatus(fields, trailers, status);
    appendResponseFields(fields, trailers, "native", ownTrailerFields);
    this.#events.onEnd(fields, status.code);
  }

  #fail(error: ConnectError, endedBy: EndedBy): void {
    this.#over = true;
    this.#events.onError(error, endedBy);
  }

  #isOwnType(mediaType: string): boolean {
    const own = `application/${this.#terms.wire}`;
    return mediaType === own || mediaType.startsWith(`${own}+`);
  }

  #isTrailers(fault: MessageFault): boolean {
    return this.#follow !== undefined && fault.kind === "flags" && (fault.flags & trailerFlag) !== 0;
  }

  /** Takes the trailers out of gRPC-Web's body, which the guard lets end before them. */
  #createTrailerReader(): (chunk: Uint8Array) => void {
    const keepPayload = (flags: number, length: number) => {
      if ((flags & trailerFlag) === 0) {
        return false;
      }
      if (length > maxHeaderBlockBytes || (flags & compressedFlag) !== 0) {
        throw new ConnectError(
          `the server sent trailers of ${length} bytes, where ${maxHeaderBlockBytes} are the limit and none are compressed`,
          Code.Internal,
        );
      }
      return true;
    };
    return createEnvelopeReader(
      ({ payload }) => {
        if (payload !== undefined) {
          this.#trailers = parseTrailers(payload);
        }
      },
      { keepPayload },
    );
  }
}

/** A last line without its end is read too, since servers leave it out. */
function parseTrailers(payload: Uint8Array): FieldList {
  const hasEnd = payload.byteLength === 0 || payload.at(-1) === 0x0a;
  return parseHeaderFields(hasEnd ? payload : Buffer.concat([payload, Buffer.from("\r\n")]));
}

function messageError(fault: MessageFault, maxBytes: number): ConnectError {
  switch (fault.kind) {
    case "too-long":
      return answerTooLong(fault.bytes, maxBytes);
    case "flags":
      return new ConnectError(
        `the server sent a message with the flags ${fault.flags}, which the client doesn't read: it asked for no compression`,
        Code.Internal,
      );
  }
}
