import { constants, type Http2Session, type ServerHttp2Stream } from "node:http2";
import { textEnvelope } from "../envelope.ts";
import { startHttp2Upstream } from "../start-http2-upstream.ts";
import { type Fate, fateField } from "./fate.ts";

/** A server of gRPC that does to each call what its `x-fate` says, and answers those without one `UNIMPLEMENTED`. */
export interface WaywardUpstream extends AsyncDisposable {
  readonly port: number;
  openStreams(): number;
  openSessions(): number;
  /** Ends all connections that there are. */
  endSessions(): void;
}

/** Starts the server on a port of this machine. */
export async function startWaywardUpstream(): Promise<WaywardUpstream> {
  const sessions = new Set<Http2Session>();
  const server = await startHttp2Upstream((stream, rawHeaders) => {
    const { session } = stream;
    // A stream that its client has reset already has none.
    if (session !== undefined && !sessions.has(session)) {
      sessions.add(session);
      session.once("close", () => sessions.delete(session));
    }
    const at = rawHeaders.indexOf(fateField);
    if (at === -1) {
      refuse(stream.resume());
    } else {
      // The plans write nothing else there.
      meet[rawHeaders[at + 1] as Fate](stream);
    }
  });
  return {
    port: server.port,
    openStreams: server.openStreams,
    openSessions: () => sessions.size,
    endSessions: () => sessions.forEach((session) => void session.destroy()),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const head = { "content-type": "application/grpc" };
const message = textEnvelope("m".repeat(90));
const chunk = Buffer.concat(Array.from({ length: 100 }, () => message));
const half = message.subarray(0, 50);
const badFlags = Buffer.concat([message, Buffer.of(0x42, 0, 0, 0, 0)]);
const tooLong = Buffer.concat([message, Buffer.of(0, 0xff, 0xff, 0xff, 0xff)]);

const meet: Readonly<Record<Fate, (stream: ServerHttp2Stream) => void>> = {
  answer: (stream) => answer(stream, chunk),
  echo(stream) {
    if (begin(stream)) {
      stream.pipe(stream);
    }
  },
  refuse: (stream) => void stream.resume().once("end", () => refuse(stream)),
  "refuse early": (stream) => refuse(stream),
  "end bare"(stream) {
    stream.resume().respond(head);
    stream.end(message);
  },
  page(stream) {
    stream.resume().respond({ ":status": 503, "content-type": "text/html" });
    stream.end("<p>busy</p>");
  },
  silence: (stream) => void stream.resume(),
  flood: (stream) => flood(stream.resume()),
  "cut message": (stream) => answer(stream, half),
  "bad flags": (stream) => answer(stream, badFlags),
  "too long": (stream) => answer(stream, tooLong),
  "reset unseen": (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
  "reset refused": (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
  "reset after head": (stream) => resetLater(stream, constants.NGHTTP2_INTERNAL_ERROR),
  "reset with cancel": (stream) => resetLater(stream, constants.NGHTTP2_CANCEL),
  "reset in flood"(stream) {
    flood(stream);
    setImmediate(() => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM));
  },
  "go away"(stream) {
    stream.session?.close();
    answer(stream, message);
  },
  drop: (stream) => stream.session?.destroy(),
};

/** Begins a response; false where the client has reset the stream meanwhile. */
function begin(stream: ServerHttp2Stream): boolean {
  if (stream.destroyed) {
    return false;
  }
  stream.respond(head, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0", "x-end": "told" }));
  return true;
}

function answer(stream: ServerHttp2Stream, body: Uint8Array): void {
  stream.resume();
  if (begin(stream)) {
    stream.end(body);
  }
}

function refuse(stream: ServerHttp2Stream): void {
  if (!stream.destroyed) {
    stream.respond({ ...head, "grpc-status": "12", "grpc-message": "not here" }, { endStream: true });
  }
}

function flood(stream: ServerHttp2Stream): void {
  if (!begin(stream)) {
    return;
  }
  const pump = () => {
    while (!stream.destroyed && stream.write(chunk)) {
      // The stream takes more.
    }
  };
  stream.on("drain", pump);
  pump();
}

function resetLater(stream: ServerHttp2Stream, code: number): void {
  if (begin(stream)) {
    stream.write(message);
    setImmediate(() => stream.close(code));
  }
}
