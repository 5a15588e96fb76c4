import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import { peerOf } from "../net/peer.ts";
import type { NodeRequest } from "../net/request-facts.ts";
import type { NodeResponse } from "../net/write-response.ts";
import type { CallRequest } from "../rpc/call-request.ts";

/** Translates a request of Node's to a call of the method at `path`. */
export function callOfNodeRequest(request: NodeRequest, response: NodeResponse, path: string): CallRequest {
  const universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
  return { ...universal, body: bytesOf(universal.body), path, peer: peerOf(request), carrier: "http" };
}

function bytesOf(body: UniversalServerRequest["body"]): AsyncIterable<Uint8Array> {
  // Without a parsed body, the body is Node's stream.
  return body as AsyncIterable<Uint8Array>;
}
