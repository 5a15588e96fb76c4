import { createServer as createHttp1Server, type RequestListener } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo, Server } from "node:net";
import type { ConnectRouter, ConnectRouterOptions } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

/** A server under comparison: where it takes each version of HTTP. */
export interface Contender extends AsyncDisposable {
  readonly ports: Readonly<Record<"1.1" | "2", number>>;
}

/** Serves routes by the stock adapter on 127.0.0.1, each version of HTTP on a port of its own. */
export async function startStockServer(
  routes: (router: ConnectRouter) => void,
  options: ConnectRouterOptions,
): Promise<Contender> {
  const listener = connectNodeAdapter({ ...options, routes });
  const http1 = createHttp1Server(listener as RequestListener); // The adapter's type names both versions of HTTP.
  http1.keepAliveTimeout = 60_000;
  const http2 = createHttp2Server(listener);
  const sessions = new Set<ServerHttp2Session>();
  http2.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  http2.on("sessionError", () => {});
  const ports = { "1.1": await listen(http1), "2": await listen(http2) };
  return {
    ports,
    async [Symbol.asyncDispose]() {
      const closed = [http1, http2].map((server) => new Promise((resolve) => server.close(resolve)));
      http1.closeAllConnections();
      for (const session of sessions) {
        session.destroy();
      }
      await Promise.all(closed);
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // A server that listens on TCP has an address of this kind.
}
