import type { DescMethod, Message, Registry } from "@bufbuild/protobuf";
import type { Code } from "@connectrpc/connect";
import type { CallOptions } from "./call-options.ts";
import type { EventLog } from "./event-log.ts";
import type { WireMessage } from "./wire-message.ts";
import type { WireProtocol } from "./wire-protocol.ts";

/** One detail of an error, as the server packed it. */
export interface StatusDetail {
  /** The full name of the message, as in `google.rpc.BadRequest`. */
  readonly typeName: string;
  /** The serialized message. */
  readonly value: Uint8Array;
  /** The decoded message, where its type is known. */
  readonly message: Message | undefined;
}

/** How a call ended. */
export interface CallStatus {
  /** 0 for OK, otherwise a gRPC status code. */
  readonly code: 0 | Code;
  /** As gRPC writes it: `OK`, `NOT_FOUND`. */
  readonly name: string;
  readonly message: string;
  readonly details: readonly StatusDetail[];
  /**
   * Who ended the call: the server's own status; the gateway between page and server (a limit, a deadline); the server
   * without a status of its own, which the gateway then gives (`upstream`: it can't be reached, or broke off); the page
   * (cancel, deadline, a request that can't be sent); or nobody: the connection broke.
   */
  readonly origin: "server" | "gateway" | "upstream" | "page" | "connection";
}

/** Where a call stands. It is open once headers or a message came back, or a socket was accepted. */
export type CallPhase =
  | { readonly kind: "idle" }
  | { readonly kind: "opening" }
  | { readonly kind: "open" }
  | { readonly kind: "closed"; readonly status: CallStatus };

/** What went in one direction. */
export interface DirectionCount {
  readonly messages: number;
  /** Message bytes on the wire, envelopes' prefixes not included. */
  readonly bytes: number;
}

/** Header fields in their order; a name can repeat. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** When what happened, in milliseconds from the beginning of the call; undefined for what did not happen or isn't known. */
export interface CallTiming {
  /** The page handed the request to the browser: it called fetch, or began to open a socket. */
  readonly sentMs: number | undefined;
  /**
   * A connection was ready to carry the request: the socket was accepted, or, over fetch, the browser had found or opened a
   * connection, which it tells at the end of the response alone.
   */
  readonly acceptedMs: number | undefined;
  readonly headersMs: number | undefined;
  /** The first and the newest response message. */
  readonly firstMessageMs: number | undefined;
  readonly lastMessageMs: number | undefined;
  readonly endedMs: number | undefined;
}

/** What a state that outlived the page lacks. */
export interface RestoredFacts {
  /** When it was kept, in milliseconds since 1970. */
  readonly savedAt: number;
  /** How many messages were not kept. */
  readonly leftOut: number;
}

/** Everything that is known of one call at one moment. Replaced, never changed. */
export interface CallState {
  /** Grows with each run; a late event of an older run changes nothing. */
  readonly runId: number;
  readonly phase: CallPhase;
  /** The method of the newest run. */
  readonly method: DescMethod | undefined;
  /** The types of the newest run. */
  readonly registry: Registry | undefined;
  /** What carries the call. */
  readonly protocol: WireProtocol | undefined;
  /** What was asked for; differs from `protocol` when the page had to choose another. */
  readonly requestedProtocol: WireProtocol | undefined;
  /** When the call began, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly timing: CallTiming;
  /** As in `timing`. */
  readonly headersMs: number | undefined;
  readonly firstMessageMs: number | undefined;
  readonly endedMs: number | undefined;
  readonly sent: DirectionCount;
  readonly received: DirectionCount;
  /** Messages accepted for sending that wait for credit or for the network. */
  readonly queued: number;
  readonly halfClosed: boolean;
  readonly headers: HeaderFields | undefined;
  readonly trailers: HeaderFields | undefined;
  /**
   * Whether the headers came by fetch, which sorts them and folds those of one name into one, and with them the trailers
   * of a unary call of Connect; all others stand as they were sent.
   */
  readonly foldedFields: boolean;
  /**
   * A response message that came and could not be decoded, which ended the call. It is not in the log.
   */
  readonly undecoded: WireMessage | undefined;
  /** Undefined for a run of this page. */
  readonly restored: RestoredFacts | undefined;
  readonly log: EventLog;
}

/** What a run needs to begin. */
export interface CallStart {
  readonly method: DescMethod;
  /** What an `Any` and the details of errors are looked up in. */
  readonly registry: Registry;
  readonly protocol: WireProtocol;
  /** Request metadata; names can repeat; values of `-bin` names are base64. */
  readonly metadata: HeaderFields;
  /** The deadline in milliseconds, or none. */
  readonly timeoutMs: number | undefined;
  /** Default: `defaultCallOptions`. */
  readonly options?: CallOptions;
  /** The request of a unary or server-streaming call, or the first messages of a stream. May be empty for streams. */
  readonly messages: Iterable<Message>;
}

/**
 * One call that can be run again and again. Framework-free: the page subscribes and reads snapshots. Listeners are told
 * at most once a frame while messages pour in, and at once when the phase changes.
 */
export interface Call {
  getState(): CallState;
  subscribe(listener: () => void): () => void;
  /** Shows a run from before the page was reloaded; without effect once a run has begun. */
  restore(earlier: CallState): void;
  /** Begins a run. A run that is still under way is cancelled first. */
  start(start: CallStart): void;
  /**
   * Sends messages on the open stream, in order, as fast as credit allows. Resolves when the last was handed to the
   * transport; rejects when the call ended first.
   */
  send(messages: Iterable<Message>): Promise<void>;
  /** Ends the sending side, after what is queued. */
  halfClose(): void;
  /** Ends the call with CANCELLED; what is queued is not sent. */
  cancel(): void;
}
