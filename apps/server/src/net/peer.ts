import type { Socket } from "node:net";

/** The address and port of a socket's other end, an IPv6 address in brackets. */
export function peerOf({
  remoteAddress = "unknown",
  remotePort = 0,
}: Pick<Socket, "remoteAddress" | "remotePort">): string {
  return remoteAddress.includes(":") ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}
