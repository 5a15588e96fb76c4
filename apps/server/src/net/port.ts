import type { Server as Http1Server } from "node:http";
import type { Http2Server } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { ListenAddress } from "../config/value-kinds.ts";
import { sniffSocket } from "./sniff-socket.ts";

/** One port for HTTP/1.1 and HTTP/2, in plain text or TLS. */
export interface Port {
  /** Listens; resolves with the address once connections are taken. Rejects with Node's error, as for a taken port. */
  listen(address: ListenAddress): Promise<ListenAddress>;
  /** Takes no more connections. */
  close(): void;
  /** Resolves when no connection is open. */
  closed(): Promise<void>;
  /** Ends every connection at once. */
  destroy(): void;
}

/** What `createPort` needs. */
export interface PortOptions {
  readonly http1: Http1Server;
  readonly http2: Http2Server;
  /** How long a client may take to show what it speaks, in milliseconds. */
  readonly sniffTimeout: number;
  /** Undefined for plain text. */
  readonly tls: TlsOptions | undefined;
}

/** How the port shows who it is, and asks who its clients are; all in PEM. */
export interface TlsOptions {
  /** The certificate chain. */
  readonly cert: string;
  readonly key: string;
  /** Who signs the clients' certificates; a client without one is refused. Default: clients need no certificate. */
  readonly clientCa?: string;
}

/** The most connections at a time; more are closed as they come. */
const maxConnections = 8_192;

/** How long a connection is silent before TCP asks whether its peer is still there, in milliseconds. */
const tcpKeepAliveMs = 30_000;

/** Creates the port. Each connection goes to one of the two servers, by its first bytes. */
export function createPort({ http1, http2, sniffTimeout, tls }: PortOptions): Port {
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const accept = (socket: Socket) =>
    sniffSocket(socket, {
      timeoutMs: sniffTimeout,
      onVersion(version, ready) {
        if (version === "http1") {
          http1.emit("connection", ready);
          ready.resume();
        } else {
          // A client that has closed its side is gone, which a session learns only when the socket closes.
          ready.allowHalfOpen = false;
          // An HTTP/2 session takes what was read so far by itself, and a flowing socket would take it away from it.
          http2.emit("connection", ready);
        }
      },
    });
  const track = (socket: Socket) => {
    sockets.add(socket);
    // A connection that breaks is closed, which is all there is to do about it.
    socket.on("error", () => {});
    socket.setKeepAlive(true, tcpKeepAliveMs);
    socket.once("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) {
        for (const wake of waiting) {
          wake();
        }
        waiting.clear();
      }
    });
  };
  const server = createListener(tls && { ...tls, handshakeTimeout: sniffTimeout }, track, accept);
  server.maxConnections = maxConnections;
  return {
    listen: (address) => listen(server, address),
    close() {
      server.close();
    },
    closed: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    destroy() {
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}

function createListener(
  tls: (TlsOptions & { readonly handshakeTimeout: number }) | undefined,
  track: (socket: Socket) => void,
  accept: (socket: Socket) => void,
): Server {
  if (tls === undefined) {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    return server.prependListener("connection", track);
  }
  const { clientCa, ...own } = tls;
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  const http = { ALPNProtocols: ["h2", "http/1.1"], noDelay: true, allowHalfOpen: true };
  const server = createTlsServer({ ...own, ...clients, ...http, minVersion: "TLSv1.2" }, (socket) => {
    socket.on("error", () => {});
    accept(socket);
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server.on("connection", track);
}

function listen(server: Server, { host, port }: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      const address = server.address();
      resolve({ host, port: typeof address === "object" && address !== null ? address.port : port });
    });
  });
}
