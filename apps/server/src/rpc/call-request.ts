import type { UniversalServerRequest } from "@connectrpc/connect/protocol";

/** A call as it came in, on whatever carried it. */
export interface CallRequest extends Omit<UniversalServerRequest, "body" | "contextValues"> {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** The client's address and port. */
  readonly peer: string;
  /** What carries the call. */
  readonly carrier: "http" | "websocket";
}
