import type { FieldList } from "../../net/http-exchange.ts";
import type { UpstreamFault } from "./upstream-fault.ts";

/** A request to a server, whatever carries it. */
export interface UpstreamRequest {
  /** `POST`, or `GET` for a Connect call without side effects. */
  readonly method: "POST" | "GET";
  /** A path, with a query where the method is `GET`. */
  readonly path: string;
  /**
   * The fields in their order, by lower-case names, `content-type` among them. Nothing that belongs to the connection:
   * pseudo-fields, `host`, `te` and the like are the upstream's own to set.
   */
  readonly fields: FieldList;
  /** When the call has to be over; the upstream tells the server what is left when the request really leaves. */
  readonly deadline: RequestDeadline | undefined;
  /** Whom the request is for; undefined where it is our own. Told to services of this process alone. */
  readonly caller?: RequestCaller;
}

/** A client whose call is carried. */
export interface RequestCaller {
  readonly carrier: "http" | "websocket";
  /** The client's address and port. */
  readonly peer: string;
}

/** A deadline, and how a server is told of it. */
export interface RequestDeadline {
  /** In milliseconds, as `performance.now()` has it. */
  readonly at: number;
  readonly field: "grpc-timeout" | "connect-timeout-ms";
}

/** The head of a response. */
export interface UpstreamHead {
  /** The HTTP status; informational ones are left out. */
  readonly status: number;
  /** The fields as they were sent, repeated ones and their order kept, without pseudo-fields. */
  readonly fields: FieldList;
  /** Whether nothing follows, as in gRPC's "Trailers-Only". */
  readonly isEnd: boolean;
}

/** What learns of a response. Nothing is told before `open` has returned. */
export interface UpstreamListener {
  /** Told once, before any of the others but `onDrain` and `onClose`. */
  onHead(head: UpstreamHead): void;
  /** A piece of the body, which is the listener's to keep. */
  onData(chunk: Uint8Array): void;
  /** Told once, at most, behind the body. */
  onTrailers(fields: FieldList): void;
  /** After a `write` that returned false: there is room again. */
  onDrain(): void;
  /**
   * The exchange is over and nothing follows: without a fault the response is complete. Told exactly once, unless the
   * exchange was cancelled: then nothing more is told.
   */
  onClose(fault: UpstreamFault | undefined): void;
}

/** A request on its way, and the response to it. Once it is over, writing has no effect. */
export interface UpstreamExchange {
  /** Sends a piece of the body. False where more has to wait: then `onDrain` tells when there is room. */
  write(chunk: Uint8Array): boolean;
  /** Ends the request's body. */
  end(): void;
  /** Holds the response's body back, and lets it flow again. */
  pause(): void;
  resume(): void;
  /** Gives the exchange up: the server is told by a reset (`CANCEL`), and the listener nothing any more. */
  cancel(): void;
}

/** A server that requests go to. */
export interface Upstream {
  /** Sends a request. It may have to wait for a connection, for which `deadline` and the connection's own limits count. */
  open(request: UpstreamRequest, listener: UpstreamListener): UpstreamExchange;
}
