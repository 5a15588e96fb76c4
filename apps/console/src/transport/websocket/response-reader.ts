import { Code, ConnectError } from "@connectrpc/connect";
import { encodeEnvelope, type UniversalClientResponse } from "@connectrpc/connect/protocol";
import { createEnvelopeReader } from "@switchboard/wire/envelope-reader.ts";
import { parseHeaderBlock } from "@switchboard/wire/header-block.ts";
import { createReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { initialCredit } from "@switchboard/wire/websocket-frame.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { grpcWebTrailerFlag } from "../end-fields.ts";
import { maxMessageBytes } from "../max-message-bytes.ts";
import { refuseOver } from "../message-limit.ts";
import { tellEach } from "../tell-each.ts";
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
  /** Lets the server send that many bytes more: as many as the body's reader has taken. */
  readonly giveCredit: (bytes: number) => void;
}

/** Creates the reader of a response that is still to come. */
export function createResponseReader({ tap, giveCredit }: ResponseReaderOptions): ResponseReader {
  const response = Promise.withResolvers<UniversalClientResponse>();
  const credit = createReceiveCredit(initialCredit, giveCredit);
  const inbox = createInbox(credit.consume);
  const follow = createEnvelopeReader(tellEach(tap.responseMessage), {
    keepPayload(_, length) {
      refuseOver(maxMessageBytes, length);
      return true;
    },
  });
  let state: "header" | "body" | "ended" = "header";

  function respond(header: Headers): void {
    state = "body";
    tap.responseHeaders([...header], undefined);
    response.resolve({ status: 200, header, trailer: new Headers(), body: inbox });
  }

  function receiveData(payload: Uint8Array): void {
    if (state === "header") {
      throw garbled("data before its header");
    }
    credit.receive(payload.byteLength);
    follow(payload);
    inbox.push(payload);
  }

  function receiveTrailers(payload: Uint8Array): void {
    const trailer = parseHeaderBlock(payload);
    if (!trailer.has("grpc-status")) {
      throw garbled("trailers without grpc-status");
    }
    if (state === "header") {
      respond(new Headers());
    }
    state = "ended";
    tap.responseTrailers([...trailer]);
    inbox.push(encodeEnvelope(grpcWebTrailerFlag, payload));
    inbox.end();
  }

  return {
    response: response.promise,
    receiveHeader(payload) {
      if (state !== "header") {
        throw garbled("a second header");
      }
      respond(parseHeaderBlock(payload));
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

/** An error for what the peer sent against the subprotocol. */
export function garbled(what: string): ConnectError {
  return new ConnectError(`the peer sent ${what}`, Code.Internal);
}
