import { Code, ConnectError } from "@connectrpc/connect";
import { encodeEnvelope, type UniversalClientResponse } from "@connectrpc/connect/protocol";
import { parseHeaderBlock, parseHeaderFields } from "@switchboard/wire/header-block.ts";
import { createReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { initialCredit } from "@switchboard/wire/websocket-frame.ts";
import type { HeaderFields } from "../../call/call.ts";
import type { CallOptions } from "../../call/call-options.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { grpcFields, readResponseCompression } from "../compression-fields.ts";
import { readEndFields } from "../end-fields.ts";
import { grpcWebTrailerFlag } from "../envelope-flags.ts";
import { createMessageReader, type MessageReader } from "../message-reader.ts";
import { createInbox } from "./inbox.ts";

/** The response of one call, put together from its frames. */
export interface ResponseReader {
  /** Resolves at the header; the body is gRPC-Web's, with the trailers as its last envelope. */
  readonly response: Promise<UniversalClientResponse>;
  /** Takes the payload of a headers frame. All three throw a ConnectError for what breaks the subprotocol. */
  receiveHeader(payload: Uint8Array): void;
  receiveData(payload: Uint8Array): void;
  /** Takes the payload of a trailers frame. The call has ended with it. */
  receiveTrailers(payload: Uint8Array): void;
  /** Ends the response with an error, wherever it stands; without effect once it has ended. */
  fail(reason: ConnectError): void;
}

/** Whom a response's reader tells. */
export interface ResponseReaderOptions {
  readonly tap: WireTap;
  readonly options: CallOptions;
  /** Lets the server send that many bytes more: as many as the body's reader has taken. */
  readonly giveCredit: (bytes: number) => void;
}

/** Creates the reader of a response that is still to come. */
export function createResponseReader({ tap, options, giveCredit }: ResponseReaderOptions): ResponseReader {
  const response = Promise.withResolvers<UniversalClientResponse>();
  const credit = createReceiveCredit(initialCredit, giveCredit);
  const inbox = createInbox(credit.consume);
  let state: "header" | "body" | "ended" = "header";

  function respond(header: Headers, fields: HeaderFields): void {
    state = "body";
    tap.responseHeaders(fields, undefined);
    const compression = readResponseCompression(header, grpcFields, options);
    // Whoever reads the body finds its messages decompressed.
    header.delete(grpcFields.encoding);
    const read = createMessageReader({
      compression,
      format: "binary",
      maxMessageBytes: options.maxReceivedBytes,
      onMessage: tap.responseMessage,
      onEnd: (flags, payload) => tap.responseTrailers(payload === undefined ? [] : readEndFields(flags, payload)),
    });
    response.resolve({ status: 200, header, trailer: new Headers(), body: mapChunks(inbox, read) });
  }

  function receiveData(payload: Uint8Array): void {
    if (state === "header") {
      throw garbled("data before its header");
    }
    credit.receive(payload.byteLength);
    inbox.push(payload);
  }

  function receiveTrailers(payload: Uint8Array): void {
    const trailer = parseHeaderBlock(payload);
    if (!trailer.has("grpc-status")) {
      throw garbled("trailers without grpc-status");
    }
    if (state === "header") {
      respond(new Headers(), []);
    }
    state = "ended";
    inbox.push(encodeEnvelope(grpcWebTrailerFlag, payload));
    inbox.end();
  }

  return {
    response: response.promise,
    receiveHeader(payload) {
      if (state !== "header") {
        throw garbled("a second header");
      }
      respond(parseHeaderBlock(payload), fieldsOf(payload));
    },
    receiveData,
    receiveTrailers,
    fail(reason) {
      if (state !== "ended") {
        state = "ended";
        response.reject(reason);
        inbox.fail(reason);
      }
    },
  };
}

async function* mapChunks(chunks: AsyncIterable<Uint8Array>, read: MessageReader): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield await read(chunk as Uint8Array<ArrayBuffer>);
  }
}

function fieldsOf(block: Uint8Array): HeaderFields {
  const flat = parseHeaderFields(block);
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? "", flat[2 * i + 1] ?? ""]);
}

/** An error for what the peer sent against the subprotocol. */
export function garbled(what: string): ConnectError {
  return new ConnectError(`the peer sent ${what}`, Code.Internal);
}
