import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest } from "@connectrpc/connect-node";
import type { CallRequest } from "../rpc/call-request.ts";
import type { NodeRequest } from "./request-facts.ts";
import type { NodeResponse } from "./write-response.ts";

/** Translates a request of Node's to a call of the method at `path`. */
export function callOfNodeRequest(request: NodeRequest, response: NodeResponse, path: string): CallRequest {
  const universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
  return { ...universal, body: bytesOf(universal.body), path, peer: peerOf(request), carrier: "http" };
}

/** The client's address and port, an IPv6 address in brackets. */
export function peerOf({ socket }: NodeRequest): string {
  const { remoteAddress = "unknown", remotePort = 0 } = socket;
  return remoteAddress.includes(":") ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}

function bytesOf(body: UniversalServerRequest["body"]): AsyncIterable<Uint8Array> {
  // Without a parsed body, the body is Node's stream.
  return body as AsyncIterable<Uint8Array>;
}
