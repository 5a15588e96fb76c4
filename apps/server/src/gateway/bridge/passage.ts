import type { ConnectError } from "@connectrpc/connect";
import type { FieldList } from "../../net/http-exchange.ts";
import type { Wire } from "../gateway-target.ts";
import type { UpstreamHead } from "../upstream/upstream.ts";
import type { MessageGuard } from "./message-guard.ts";

/** How calls of one form go to a target and their responses come back. Everything in it is pure. */
export interface Passage {
  /** What the target is called by. */
  readonly wire: Wire;
  /**
   * The content type of the request to the target.
   *
   * @param contentType that of the client's request
   * @throws ConnectError with `INVALID_ARGUMENT` for one that is none.
   */
  requestType(contentType: string): string;
  /** Creates the guard of the response's body. */
  createGuard(terms: ResponseTerms): MessageGuard;
  /** Reads the head of the target's response. */
  readHead(head: UpstreamHead, terms: ResponseTerms): HeadReading;
  /**
   * Reads how the target's response ended.
   *
   * @param trailers undefined where there were none
   */
  readEnd(trailers: FieldList | undefined, facts: EndFacts): EndReading;
}

/** What is known of a response before it comes. */
export interface ResponseTerms {
  /** The value of `content-type` where it is the gateway's to say. */
  readonly contentType: string;
  /** Whether the client reads compressed messages. */
  readonly readsCompressed: boolean;
  /** The longest message, in bytes. */
  readonly maxMessageBytes: number;
}

/** What is known of a response at its end. */
export interface EndFacts {
  /** The code that its head told; undefined where it told none. */
  readonly headCode: number | undefined;
  /** The beginning of the message that tells how the call ended, where it is in the body. */
  readonly last: Uint8Array | undefined;
}

/** What a head tells. */
export type HeadReading =
  | {
      /** A response whose body may follow. */
      readonly kind: "open";
      readonly status: number;
      readonly fields: FieldList;
      readonly code: number | undefined;
    }
  | {
      /** A whole response without a body. */
      readonly kind: "whole";
      readonly status: number;
      readonly fields: FieldList;
      readonly code: number;
    }
  /** No response in the target's protocol; its body may tell a person what it is. */
  | { readonly kind: "foreign" };

/** What an end tells. `code` is for the log. */
export type EndReading =
  | { readonly kind: "trailers"; readonly fields: FieldList | undefined; readonly code: number }
  /** The client is told in the body. */
  | { readonly kind: "body"; readonly bytes: Uint8Array; readonly code: number }
  /** The response isn't complete, and its client can't tell by itself. */
  | { readonly kind: "broken"; readonly error: ConnectError };
