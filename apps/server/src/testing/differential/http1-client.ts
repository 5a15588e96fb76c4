import { connect, type Socket } from "node:net";
import type { WireClient } from "./http2-client.ts";
import { type Http1Response, parseHttp1Response } from "./parse-http1-response.ts";
import { noAnswer, patienceMs, type WireAnswer } from "./wire-answer.ts";
import { cutBody, type WireRequest } from "./wire-request.ts";

interface Connection {
  readonly socket: Socket;
  received: Buffer;
  closed: boolean;
  /** Called when bytes have come or the connection has ended. */
  wake: () => void;
}

/** The path of the request that finds out whether a connection still works; neither side has anything there. */
const followUpTarget = "/differential-follow-up";

/**
 * Creates a client of HTTP/1.1 that writes the bytes of its requests itself. A connection serves one request after the
 * other, each followed by a plain one that tells whether the connection still works; if not, a new one is opened.
 */
export function createHttp1Client(port: number): WireClient {
  const idle: Connection[] = [];
  const all = new Set<Connection>();
  const acquire = async () => {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      if (!kept.closed) {
        return kept;
      }
    }
    const opened = await openConnection(port);
    all.add(opened);
    opened.socket.once("close", () => all.delete(opened));
    return opened;
  };
  return {
    async send(request) {
      const connection = await acquire();
      for (const piece of encodeRequest(request, port)) {
        connection.socket.write(piece);
      }
      if (request.abandoned === true) {
        connection.socket.end();
      }
      const response = await receive(connection, request.method);
      if (response === undefined) {
        connection.socket.destroy();
        return partialAnswer(connection);
      }
      const reusable = request.abandoned !== true && (await stillAnswers(connection, response, port));
      if (reusable) {
        idle.push(connection);
      } else {
        connection.socket.destroy();
      }
      return { ...response, ending: "complete", reusable };
    },
    [Symbol.dispose]() {
      for (const { socket } of all) {
        socket.destroy();
      }
    },
  };
}

async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const connection: Connection = { socket, received: Buffer.alloc(0), closed: false, wake: () => {} };
  socket.on("data", (chunk: Buffer) => {
    connection.received = Buffer.concat([connection.received, chunk]);
    connection.wake();
  });
  const onEnd = () => {
    connection.closed = true;
    connection.wake();
  };
  socket.on("end", onEnd);
  socket.on("error", onEnd);
  await new Promise((resolve) => socket.once("connect", resolve));
  return connection;
}

/** Waits for a response and takes it off what was received; undefined where none comes. */
function receive(connection: Connection, method: string): Promise<Http1Response | undefined> {
  return new Promise((resolve) => {
    const finish = (response: Http1Response | undefined) => {
      clearTimeout(timer);
      connection.wake = () => {};
      resolve(response);
    };
    const timer = setTimeout(() => finish(undefined), patienceMs);
    connection.wake = () => {
      const response = parseHttp1Response(connection.received, { method, closed: connection.closed });
      if (response !== undefined) {
        connection.received = connection.received.subarray(response.length);
        finish(response);
      } else if (connection.closed) {
        finish(undefined);
      }
    };
    connection.wake();
  });
}

function partialAnswer({ received, closed }: Connection): WireAnswer {
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(received.toString("latin1"))?.[1];
  return { ...noAnswer, status: status === undefined ? undefined : Number(status), ending: closed ? "cut" : "none" };
}

async function stillAnswers(connection: Connection, { closes }: Http1Response, port: number): Promise<boolean> {
  if (closes || connection.closed) {
    return false;
  }
  connection.socket.write(`GET ${followUpTarget} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
  return (await receive(connection, "GET"))?.status === 404 && connection.received.byteLength === 0;
}

function encodeRequest(request: WireRequest, port: number): Buffer[] {
  const { method, target, headers, body, openEnd, abandoned = false } = request;
  const told = (body?.byteLength ?? 0) + (abandoned ? 1 : 0);
  const framing: string[] =
    body === undefined ? [] : [openEnd ? "transfer-encoding: chunked" : `content-length: ${told}`];
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...framing,
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (body === undefined) {
    return [head];
  }
  const pieces = body.byteLength === 0 ? [] : cutBody(body, request.cuts);
  if (!openEnd) {
    return [head, ...pieces.map((piece) => Buffer.from(piece))];
  }
  const chunks = pieces.map((piece) =>
    Buffer.concat([Buffer.from(`${piece.byteLength.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
  );
  return [head, ...chunks, Buffer.from(abandoned ? "1\r\n" : "0\r\n\r\n")];
}
