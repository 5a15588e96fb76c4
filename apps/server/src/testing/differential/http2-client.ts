import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { createFrameCutter, type FrameCutter } from "./frame-cutter.ts";
import type { Field } from "./script.ts";
import { noAnswer, patienceMs, type WireAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** Sends requests to one server. */
export interface WireClient extends Disposable {
  send(request: WireRequest): Promise<WireAnswer>;
}

/** How many requests a connection is used for, so that no limit on a connection's whole life is met. */
const requestsPerConnection = 400;

interface Connection {
  readonly session: ClientHttp2Session;
  readonly cutter: FrameCutter;
  uses: number;
  active: number;
}

/** Creates a client of HTTP/2 whose requests share a connection and whose bodies are cut to frames as they say. */
export function createHttp2Client(port: number): WireClient {
  const connections = new Set<Connection>();
  let current: Connection | undefined;
  const acquire = () => {
    if (current === undefined || current.session.closed || current.uses >= requestsPerConnection) {
      current = openConnection(port);
      connections.add(current);
    }
    current.uses++;
    current.active++;
    return current;
  };
  const release = (connection: Connection) => {
    connection.active--;
    // Node's client takes back what it hasn't sent yet when its session is closed.
    if (connection !== current && connection.active === 0) {
      connection.session.close();
      connections.delete(connection);
    }
  };
  return {
    async send(request) {
      const connection = acquire();
      const { session, cutter } = connection;
      if (session.connecting) {
        await new Promise((resolve) => session.once("connect", resolve));
      }
      const stream = session.request(headersOf(request, port), { endStream: request.body === undefined });
      cutter.plan(stream.id ?? 0, { cuts: request.cuts, emptyEnd: request.openEnd });
      if (request.body !== undefined) {
        stream.end(request.body);
      }
      const answer = await readAnswer(stream);
      release(connection);
      return answer;
    },
    [Symbol.dispose]() {
      for (const { session } of connections) {
        session.destroy();
      }
    },
  };
}

function openConnection(port: number): Connection {
  const cutter = createFrameCutter();
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const duplex = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(cutter.push(chunk), () => done()),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk) => {
    if (!duplex.push(chunk)) {
      socket.pause();
    }
  });
  socket.on("end", () => duplex.push(null));
  socket.on("error", () => duplex.destroy());
  const session = connectHttp2(`http://127.0.0.1:${port}`, {
    createConnection: () => duplex,
    maxHeaderListPairs: 1_000,
  });
  session.on("error", () => {});
  return { session, cutter, uses: 0, active: 0 };
}

function headersOf({ method, target, headers }: WireRequest, port: number): string[] {
  const pseudo = [":method", method, ":scheme", "http", ":authority", `127.0.0.1:${port}`, ":path", target];
  return [...pseudo, ...headers.flat()];
}

function readAnswer(stream: ClientHttp2Stream): Promise<WireAnswer> {
  const pieces: Uint8Array[] = [];
  let answer: WireAnswer = noAnswer;
  let ended = false;
  let late = false;
  stream.on("response", (_headers, _flags, rawHeaders) => {
    const fields = pairsOf(rawHeaders);
    const status = Number(fields.find(([name]) => name === ":status")?.[1]);
    answer = { ...answer, status, headers: fields.filter(([name]) => !name.startsWith(":")) };
  });
  stream.on("trailers", (_headers, _flags, rawHeaders) => {
    answer = { ...answer, trailers: pairsOf(rawHeaders) };
  });
  stream.on("data", (chunk: Buffer) => pieces.push(chunk));
  stream.on("end", () => {
    ended = true;
  });
  stream.on("error", () => {});
  const timer = setTimeout(() => {
    late = true;
    stream.close(constants.NGHTTP2_CANCEL);
  }, patienceMs);
  return new Promise((resolve) => {
    stream.once("close", () => {
      clearTimeout(timer);
      const reset = stream.rstCode !== constants.NGHTTP2_NO_ERROR;
      const ending = late ? "none" : ended && !reset && answer.status !== undefined ? "complete" : "cut";
      resolve({ ...answer, body: Buffer.concat(pieces), ending });
    });
  });
}

/** Pairs up a flat list of names and values. */
export function pairsOf(flat: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    fields.push([flat[at] ?? "", flat[at + 1] ?? ""]);
  }
  return fields;
}
