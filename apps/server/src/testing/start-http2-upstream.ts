import { once } from "node:events";
import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

/** A server behind the gateway, which answers as a test wants. */
export interface Http2Upstream extends AsyncDisposable {
  readonly port: number;
  /** The requests' fields so far, as they were sent, the oldest first. */
  readonly requests: readonly (readonly string[])[];
  /** How many streams are open. */
  openStreams(): number;
}

/** Answers a request; `rawHeaders` are its fields as they were sent. */
export type AnswerStream = (stream: ServerHttp2Stream, rawHeaders: readonly string[]) => void;

/** Starts a server of HTTP/2 in plain text on 127.0.0.1. Its disposal cuts every connection. */
export async function startHttp2Upstream(answer: AnswerStream): Promise<Http2Upstream> {
  const sessions = new Set<Http2Session>();
  const requests: (readonly string[])[] = [];
  let open = 0;
  const server = createServer({
    maxHeaderListPairs: 2_000,
    maxSendHeaderBlockLength: 1_048_576,
    strictSingleValueFields: false,
  });
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("sessionError", () => {});
  server.on("stream", (stream, _headers, _flags, rawHeaders) => {
    open++;
    stream.once("close", () => open--);
    stream.on("error", () => {});
    requests.push(rawHeaders);
    // On a server, every stream is a ServerHttp2Stream.
    answer(stream as ServerHttp2Stream, rawHeaders);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    openStreams: () => open,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) {
        session.destroy();
      }
      server.close();
      await once(server, "close");
    },
  };
}
