import type { ClientHttp2Session, IncomingHttpHeaders } from "node:http2";
import { assertAnswer } from "./assert-answer.ts";
import { smallMessages } from "./workloads.ts";

/** A stream on which each message is answered by one. */
export interface TwoWayStream {
  /** Sends a message; calls back once its answer has come whole. One turn at a time. */
  turn(done: () => void): void;
  /** Half-closes, and resolves at the end of the stream. Rejects unless the status and the last answer are right. */
  end(): Promise<void>;
  /** Rejects when the stream breaks or ends by itself. */
  readonly broken: Promise<never>;
}

const message = smallMessages(1);

/** Opens a stream on raw node:http2, so that little of what is measured is the client's. */
export function openTwoWayStream(session: ClientHttp2Session): TwoWayStream {
  const { path, contentType, body, answer } = message;
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": contentType, te: "trailers" });
  const broken = Promise.withResolvers<never>();
  // It may break while nobody waits for it; whoever waits next is told.
  broken.promise.catch(() => {});
  let fields: IncomingHttpHeaders = {};
  let status = 0;
  let chunks: Buffer[] = [];
  let received = 0;
  let onAnswer: (() => void) | undefined;

  stream.on("response", (headers) => {
    status = headers[":status"] ?? 0;
    fields = headers;
  });
  stream.on("trailers", (headers) => {
    fields = { ...fields, ...headers };
  });
  stream.on("error", broken.reject);
  const closed = new Promise<void>((resolve) => stream.on("close", resolve));
  stream.on("close", () => broken.reject(new Error(`the stream ended with ${JSON.stringify(fields)}`)));
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    if (received >= answer.length) {
      onAnswer?.();
    }
  });

  return {
    broken: broken.promise,
    turn(done) {
      chunks = [];
      received = 0;
      onAnswer = done;
      stream.write(body);
    },
    async end() {
      stream.end();
      await closed;
      assertAnswer(message, { status, body: Buffer.concat(chunks), fields });
    },
  };
}

/** Takes turns one after the other, and answers how long each took, in milliseconds. */
export async function takeTurns(stream: TwoWayStream, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  const taken = new Promise<void>((resolve) => {
    const next = () => {
      const startedAt = performance.now();
      stream.turn(() => {
        times.push(performance.now() - startedAt);
        if (times.length === count) {
          resolve();
        } else {
          next();
        }
      });
    };
    next();
  });
  await Promise.race([taken, stream.broken]);
  return times;
}
