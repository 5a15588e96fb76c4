import { once } from "node:events";
import type { Server, Socket } from "node:net";

/** A server of a test's own that listens. Disposing of it ends its connections and waits until it is closed. */
export interface TestListener extends AsyncDisposable {
  readonly port: number;
  /** How many connections it has taken. */
  taken(): number;
  /** Resolves once the connections that it took are all closed. */
  allClosed(): Promise<void>;
}

/** Listens at a port of `host`, a free one where none is given, or at a socket of the file system. */
export async function listenForTest(
  server: Server,
  at: { host: string; port?: number } | { path: string } = { host: "127.0.0.1" },
) {
  const open = new Set<Socket>();
  let taken = 0;
  server.on("connection", (socket: Socket) => {
    taken += 1;
    open.add(socket);
    // How a client leaves is no concern of the server's.
    socket.on("error", () => {});
    socket.once("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.listen("path" in at ? at : { port: 0, ...at });
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    taken: () => taken,
    async allClosed() {
      await Promise.all([...open].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) {
        socket.destroy();
      }
      await closed;
    },
  } satisfies TestListener;
}
