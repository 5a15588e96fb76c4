import type { Message } from "@bufbuild/protobuf";
import type { Any } from "@bufbuild/protobuf/wkt";

/*
 * The parts of the messages of connectrpc.conformance.v1 that the service reads. The suite's own protos lead; they are
 * compiled when the suite runs, so there is no generated code to import.
 */

/** A header or trailer with all its values. */
export interface Header {
  readonly name: string;
  readonly value: readonly string[];
}

/** The error that a response definition asks for. */
export interface DefinedError {
  readonly code: number;
  readonly message?: string;
  readonly details: readonly Any[];
}

/** How a method with one response is to answer. */
export interface UnaryDefinition {
  readonly responseHeaders: readonly Header[];
  readonly responseTrailers: readonly Header[];
  readonly responseDelayMs: number;
  readonly response:
    | { readonly case: "responseData"; readonly value: Uint8Array }
    | { readonly case: "error"; readonly value: DefinedError }
    | { readonly case: undefined };
}

/** How a method with a stream of responses is to answer. */
export interface StreamDefinition {
  readonly responseHeaders: readonly Header[];
  readonly responseTrailers: readonly Header[];
  readonly responseDelayMs: number;
  readonly responseData: readonly Uint8Array[];
  readonly error?: DefinedError;
}

/** A request of a method with one response. */
export interface UnaryLikeRequest extends Message {
  readonly responseDefinition?: UnaryDefinition;
}

/** A request of a method with a stream of responses. */
export interface StreamLikeRequest extends Message {
  readonly responseDefinition?: StreamDefinition;
  readonly fullDuplex?: boolean;
}
