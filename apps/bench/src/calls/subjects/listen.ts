import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** Listens on a free port of 127.0.0.1, and prints the line that `startSubject` waits for. */
export async function listen(server: Server): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  announce(port);
}

/** Prints the line that `startSubject` waits for. */
export function announce(port: number): void {
  console.log(`Subject ready at http://127.0.0.1:${port}`);
}
