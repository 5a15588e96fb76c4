import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A small reverse proxy, as one stands before a server on another host's path. */
export interface ReverseProxy extends AsyncDisposable {
  /** Where it serves the upstream's root, with a slash at the end. */
  readonly url: string;
  /** HOST:PORT. */
  readonly host: string;
}

/** Where a reverse proxy serves, and what. */
export interface ReverseProxyOptions {
  /** The upstream's address, such as `http://127.0.0.1:41234/`; asked for at each request. */
  readonly upstream: () => string;
  /** The path before it, as in `/tools/rpc`. Everything else is not found. */
  readonly path: string;
  /** Whether the upstream gets to see the path. */
  readonly keepsPath: boolean;
}

/** Starts a proxy for HTTP and WebSocket on a free port; the upstream sees the proxy's host. */
export async function startReverseProxy({ upstream, path, keepsPath }: ReverseProxyOptions): Promise<ReverseProxy> {
  const forward = ({ url = "", method, headers }: IncomingMessage) => {
    const { hostname, port } = new URL(upstream());
    const target = keepsPath ? url : url.slice(path.length);
    return url.startsWith(`${path}/`) ? request({ hostname, port, method, headers, path: target }) : undefined;
  };
  const server = createServer((incoming, outgoing) => {
    const forwarded = forward(incoming);
    if (forwarded === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    incoming.pipe(forwarded);
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    forwarded.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
  });
  server.on("upgrade", (incoming, socket, head) => {
    const forwarded = forward(incoming);
    if (forwarded === undefined) {
      socket.destroy();
      return;
    }
    forwarded.on("error", () => socket.destroy());
    forwarded.on("upgrade", (answer, upstreamSocket, upstreamHead) => {
      const fields = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields.join("")}\r\n`);
      socket.write(upstreamHead);
      upstreamSocket.write(head);
      socket.pipe(upstreamSocket).pipe(socket);
      socket.on("error", () => upstreamSocket.destroy());
      upstreamSocket.on("error", () => socket.destroy());
    });
    forwarded.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo; // A server on a port has no other kind of address.
  const host = `127.0.0.1:${address.port}`;
  return {
    url: `http://${host}${path}/`,
    host,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
