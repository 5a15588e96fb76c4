import type { DescMethod } from "@bufbuild/protobuf";

/** The two steps of a shutdown, each aborted with a ConnectError that running calls end with. */
export interface ShutdownSignals {
  /** Aborted at once: streams that could go on for ever end here. */
  readonly draining: AbortSignal;
  /** Aborted after the grace: calls that answer once end here. */
  readonly stopping: AbortSignal;
}

/** The step of a shutdown that ends calls of a method: those that stream answers end first. */
export function shutdownSignalOf(method: DescMethod, { draining, stopping }: ShutdownSignals): AbortSignal {
  switch (method.methodKind) {
    case "server_streaming":
    case "bidi_streaming":
      return draining;
    case "unary":
    case "client_streaming":
      return stopping;
  }
}
