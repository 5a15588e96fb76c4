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
  /**
   * The connection was ready for the request: now, or at a moment in milliseconds since 1970. A browser that tells of it
   * does so at the response's end, so that this alone may be called after all others. Not called where nobody knows.
   */
  connected(at?: number): void;
  /** The other side took the call: response headers came, or the socket was accepted. */
  accepted(): void;
  /**
   * All response headers, as sent: in their order, repeated ones as they are. Those of an HTTP response are as fetch gives
   * them: sorted, and repeated ones folded into one. `httpStatus` is undefined where no HTTP response carries the call.
   */
  responseHeaders(fields: HeaderFields, httpStatus: number | undefined): void;
  /** One response message came in. Its payload is nobody's to change. */
  responseMessage(message: WireMessage): void;
  /** The trailers as sent, from wherever the protocol puts them; where those are HTTP headers, as fetch gives them. */
  responseTrailers(fields: HeaderFields): void;
}
