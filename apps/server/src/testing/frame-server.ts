import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createFrameConnection, type FrameConnection, type FrameConnectionOptions } from "./frame-connection.ts";
import { type Http2Frame, preface, settingsFrame } from "./http2-frames.ts";

/** A server whose connections a test serves frame by frame, or byte by byte. */
export interface FrameServer extends AsyncDisposable {
  readonly port: number;
  /** The sockets of all connections there were, the oldest first. */
  readonly sockets: readonly Socket[];
  /** Resolves with a connection by its number, from 0, once it is there. */
  connection(index: number): Promise<FrameConnection>;
}

/** What a test wants otherwise. */
export interface FrameServerOptions extends Pick<FrameConnectionOptions, "acknowledges"> {
  /**
   * What is sent on each connection at once, pairs of an identifier and a value; undefined for nothing at all, so that
   * SETTINGS are for the test to send.
   */
  readonly settings: readonly (readonly [id: number, value: number])[] | undefined;
  /** Default: a free one. */
  readonly port?: number;
  /** Is told each connection at once. */
  readonly onConnection?: (connection: FrameConnection, socket: Socket) => void;
}

/** Starts a server on a port of this machine. Its end closes all connections. */
export async function startFrameServer({
  settings,
  acknowledges,
  port = 0,
  onConnection,
}: FrameServerOptions): Promise<FrameServer> {
  const sockets: Socket[] = [];
  const connections: FrameConnection[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    const connection = createFrameConnection(socket, { acknowledges, prefaceLength: preface.length });
    // Nobody waits for what is left of a client that has ended.
    socket.on("end", () => void socket.end());
    sockets.push(socket);
    connections.push(connection);
    if (settings !== undefined) {
      void connection.write(settingsFrame(settings));
    }
    onConnection?.(connection, socket);
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async connection(index) {
      for (;;) {
        const connection = connections[index];
        if (connection !== undefined) {
          return connection;
        }
        await arrived.promise;
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, "close");
    },
  };
}

/** Resolves with the head of a request, also of those to come. */
export function requestHead(connection: FrameConnection, stream: number): Promise<Http2Frame> {
  return connection.received((frame) => frame.stream === stream && frame.fields !== undefined);
}
