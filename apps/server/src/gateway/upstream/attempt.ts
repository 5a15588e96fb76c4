import type { FieldList } from "../../net/http-exchange.ts";
import type { RequestDeadline, UpstreamHead } from "./upstream.ts";
import type { UpstreamFault } from "./upstream-fault.ts";

/** A call that is put on a connection, more than once where the first try is known to have had no effect. */
export interface AttemptListener {
  readonly deadline: RequestDeadline | undefined;
  onHead(head: UpstreamHead): void;
  onData(chunk: Uint8Array): void;
  onTrailers(fields: FieldList): void;
  onDrain(): void;
  /** Told once, last, unless the attempt was cancelled. */
  onEnd(end: AttemptEnd): void;
}

/** How an attempt ended. */
export interface AttemptEnd {
  /** Undefined where the response is complete. */
  readonly fault: UpstreamFault | undefined;
  /** Whether the server is known not to have looked at the request, so that it may be sent again. */
  readonly isUntouched: boolean;
}

/** One try at a call: a stream of HTTP/2, or a request on a connection of HTTP/1.1. */
export interface Attempt {
  /** Takes a piece of any length. False where more has to wait: then `onDrain` is told. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  pause(): void;
  resume(): void;
  /** Gives it up; nothing is told any more. */
  cancel(): void;
}
