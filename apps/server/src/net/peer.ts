import type { Socket } from "node:net";

const known = new WeakMap<object, string>();

/** The address and port of a socket's other end, an IPv6 address in brackets. */
export function peerOf(socket: Pick<Socket, "remoteAddress" | "remotePort">): string {
  let peer = known.get(socket);
  if (peer === undefined) {
    const { remoteAddress = "unknown", remotePort = 0 } = socket;
    peer = remoteAddress.includes(":") ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
    known.set(socket, peer);
  }
  return peer;
}
