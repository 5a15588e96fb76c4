/** A call that the gateway carries to a target, its messages as bytes that nobody here decodes. */
export interface GatewayCall {
  /** `/package.Service/Method`. */
  readonly path: string;
  /** The request's metadata, with `content-type` and, where there is a deadline, `grpc-timeout`. */
  readonly header: Headers;
  /** Length-prefixed gRPC messages, cut anywhere. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborted with a ConnectError when the client no longer wants the call. */
  readonly signal: AbortSignal;
  /** The client's address and port. */
  readonly peer: string;
}

/** A target's answer. */
export interface GatewayResponse {
  readonly header: Headers;
  /** Length-prefixed gRPC messages, cut anywhere. Must be read to its end or returned. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Complete once the body has ended; always holds `grpc-status` then. */
  readonly trailer: Headers;
}

/** Something that answers gRPC calls: this server's own services, or another server. */
export interface GatewayTarget {
  /** Its name in `/gateway/<name>/<Service>/<Method>`. */
  readonly name: string;
  /** Opens a call; resolves once the response's header is known. Rejects with a ConnectError where there will be none. */
  open(call: GatewayCall): Promise<GatewayResponse>;
}
