import type { JsonReadOptions, JsonWriteOptions } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { FieldList } from "../net/http-exchange.ts";
import type { CodecName } from "./codec-name.ts";

/**
 * How a call is written on the wire: gRPC, gRPC-Web, or one of the two forms of the Connect protocol, which has length
 * prefixes for streams only.
 */
export type WireForm = "grpc" | "grpc-web" | "connect-stream" | "connect-unary";

/** The JSON options of a router. */
export type JsonOptions = Partial<JsonReadOptions & JsonWriteOptions>;

/** A response that is known whole: without trailers its body ends with its last byte. */
export interface WholeResponse {
  readonly status: number;
  readonly fields: FieldList;
  readonly body: Uint8Array;
  readonly trailers?: FieldList;
}

/** What every response of a call has. */
export interface ResponseParts {
  /** The value of `content-type` for a response with messages. */
  readonly contentType: string;
  /** The name of the compression that the client takes; undefined for none. */
  readonly encoding: string | undefined;
  /** The metadata that goes ahead of messages; undefined where the service has set none. */
  readonly header: Headers | undefined;
  /** The metadata that goes behind them; undefined where the service has set none. */
  readonly trailer: Headers | undefined;
}

/** The message of a response that has just one. */
export interface SingleMessage {
  readonly bytes: Uint8Array;
  /** Whether the bytes are compressed. */
  readonly compressed: boolean;
}

/** How the end of a stream is told: in HTTP trailers, or in an envelope that ends the body. */
export type StreamEnd =
  | { readonly kind: "trailers"; readonly fields: FieldList }
  | { readonly kind: "envelope"; readonly flags: number; readonly payload: Uint8Array };

/** A wire form: how requests are read and responses written. Everything in it is pure. */
export interface Protocol {
  readonly form: WireForm;
  readonly name: "connect" | "grpc" | "grpc-web";
  /** The names of the fields that its requests have. */
  readonly requestFields: {
    readonly timeout: string;
    readonly encoding: string;
    readonly acceptEncoding: string;
  };
  /** Whether messages have a length prefix. Connect's unary form has none. */
  readonly enveloped: boolean;
  /**
   * Reads the value of the timeout's field, in milliseconds.
   *
   * @throws ConnectError with `INVALID_ARGUMENT` where it is malformed.
   */
  parseTimeout(value: string): number;
  /** The value of `content-type` for responses. */
  contentType(codec: CodecName, text: boolean): string;
  /** Writes the fields of a response's head. */
  head(parts: ResponseParts): FieldList;
  /** Writes the response of a call that succeeds with one message. */
  succeed(parts: ResponseParts, message: SingleMessage): WholeResponse;
  /** Writes the response of a call that fails before anything of its response was sent. */
  fail(parts: ResponseParts, error: ConnectError, options: JsonOptions | undefined): WholeResponse;
  /** Writes the end of a response whose head was sent. */
  end(parts: ResponseParts, error: ConnectError | undefined, options: JsonOptions | undefined): StreamEnd;
  /**
   * Answers a request that no method takes.
   *
   * @param contentType that of the request, which the answer repeats where its protocol says so
   * @param httpStatus the status of Connect's unary form; by default the one of the error's code
   */
  refuse(error: ConnectError, contentType: string, httpStatus: number | undefined): WholeResponse;
}
