import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import { peerOf } from "../net/peer.ts";
import type { NodeRequest } from "../net/request-facts.ts";
import type { NodeResponse } from "../net/write-response.ts";
import type { CallRequest } from "../rpc/call-request.ts";

/** Translates a request of Node's to a call of the method at `path`. */
export function callOfNodeRequest(request: NodeRequest, response: NodeResponse, path: string): CallRequest {
  const universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
  // Whoever leaves the body early must not take the rest of it away from the connection, which would stall.
  const body: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
  return { ...universal, body, path, peer: peerOf(request), carrier: "http" };
}
