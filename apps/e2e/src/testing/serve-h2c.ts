import { once } from "node:events";
import { createServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

/** A server in this process, in plain text. Disposing of it cuts what is open. */
export interface H2cServer extends AsyncDisposable {
  /** HOST:PORT. */
  readonly host: string;
}

/** How routes are served. */
export interface ServeH2cOptions {
  /** Speaks gRPC alone, as most servers do. Default: gRPC-Web and Connect too. */
  readonly isGrpcAlone?: boolean;
  /** Answers a request before the routes do, or answers false and leaves it to them. Default: leaves all. */
  readonly answerItself?: (request: Http2ServerRequest, response: Http2ServerResponse) => boolean;
}

/** Serves routes by HTTP/2 in plain text on a free port of 127.0.0.1. */
export async function serveH2c(
  routes: (router: ConnectRouter) => void,
  { isGrpcAlone = false, answerItself = () => false }: ServeH2cOptions = {},
): Promise<H2cServer> {
  const serveRoutes = connectNodeAdapter({ routes, connect: !isGrpcAlone, grpcWeb: !isGrpcAlone });
  const listener = createServer((request, response) => {
    if (!answerItself(request, response)) {
      serveRoutes(request, response);
    }
  });
  const sessions = new Set<{ destroy(): void }>();
  listener.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo; // A server on a port has no other kind of address.
  return {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) {
        session.destroy();
      }
      listener.close();
      await once(listener, "close");
    },
  };
}
