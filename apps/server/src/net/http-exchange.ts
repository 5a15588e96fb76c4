import type { IncomingHttpHeaders } from "node:http";

/** Header or trailer fields as a flat list: a name, its value, the next name, its value. A name may repeat. */
export type FieldList = string[];

/** What learns of an exchange's request body and of its end. */
export interface ExchangeListener {
  /** A piece of the request's body, which is the listener's to keep. */
  onData(chunk: Uint8Array): void;
  /** The request's body is complete. */
  onEnd(): void;
  /** After a `write` that returned false: there is room again. */
  onDrain(): void;
  /** The exchange is over, and nothing follows. `complete` tells whether the whole response was handed over. */
  onClose(complete: boolean): void;
}

/** One HTTP request and the response to it, whatever carries them. Once it is over, writing has no effect. */
export interface HttpExchange {
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly method: string;
  readonly scheme: "http" | "https";
  /** The request's target as it was sent: a path and a query. */
  readonly target: string;
  /** The request's fields by their lower-case names, repeated ones joined by a comma. */
  readonly headers: IncomingHttpHeaders;
  /** The request's fields as they were sent: names and values in turn, in HTTP/2 with the pseudo-fields. */
  readonly rawHeaders: readonly string[];
  /** The client's address and port, an IPv6 address in brackets. */
  readonly peer: string;
  /** Called with the fields of the response's head before it is sent, to add some. */
  onHead: ((fields: FieldList) => void) | undefined;
  /** Lets the request's body flow to the listener. Called once, at most. */
  listen(listener: ExchangeListener): void;
  /** Holds the request's body back, and lets it flow again. */
  pause(): void;
  resume(): void;
  /** Sends the head of a response whose body follows. The list is the exchange's from then on. */
  sendHead(status: number, fields: FieldList): void;
  /** Has the head leave at once, where it would wait for the body. */
  flush(): void;
  /** Sends a piece of the body. False where the client has to read first: then `onDrain` tells when there is room. */
  write(chunk: Uint8Array): boolean;
  /** Ends the response, with trailers if there are any. What is left of the request is stopped or thrown away. */
  end(trailers?: FieldList): void;
  /** Sends a whole response. Without trailers, its body ends with its last byte. */
  send(status: number, fields: FieldList, body: Uint8Array, trailers?: FieldList): void;
  /**
   * Cuts the exchange off where it is, so that the client can't take what it has for the whole.
   *
   * @param code that of HTTP/2's reset; by default `CANCEL`
   */
  reset(code?: number): void;
}

/** A body without a byte. */
export const emptyBody = new Uint8Array(0);
