import type { HeaderFields } from "./call.ts";
import type { WireMessage } from "./wire-message.ts";

/**
 * What a transport tells of one call as it goes over the wire, before a library trims it. Each function is called in
 * the order of the events, and none of them throws.
 */
export interface WireTap {
  /** The request leaves the page: fetch was called, or a socket is being opened. */
  requestStarted(): void;
  /** One request message was handed to the network. */
  requestMessage(message: WireMessage): void;
  /** The other side took the call: response headers came, or the socket was accepted. */
  accepted(): void;
  /** All response headers. `httpStatus` is undefined where no HTTP response carries the call. */
  responseHeaders(fields: HeaderFields, httpStatus: number | undefined): void;
  /** One response message came in. Its payload is nobody's to change. */
  responseMessage(message: WireMessage): void;
  /** The trailers, from wherever the protocol puts them. */
  responseTrailers(fields: HeaderFields): void;
}
