import type { NodeRequest } from "./request-facts.ts";

/** The client's address and port, an IPv6 address in brackets. */
export function peerOf({ socket }: NodeRequest): string {
  const { remoteAddress = "unknown", remotePort = 0 } = socket;
  return remoteAddress.includes(":") ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}
