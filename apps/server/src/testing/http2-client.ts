import { connect } from "node:net";
import type { Field } from "./hpack.ts";
import {
  createFrameParser,
  dataFrame,
  flags,
  frame,
  frameTypes,
  type Http2Frame,
  headersFrame,
  preface,
  settingsFrame,
} from "./http2-frames.ts";

/** An HTTP/2 connection on which a test writes and reads frame by frame; nothing else is sent for it. */
export interface Http2Client extends Disposable {
  /** Every frame that came so far, the oldest first. */
  readonly frames: readonly Http2Frame[];
  /** Sends bytes as they are; resolves once the kernel has taken them, or the connection is gone. */
  write(...parts: readonly Uint8Array[]): Promise<void>;
  /** Opens a call on a stream: the header, and the data where there is any. */
  call(stream: number, call: Http2Call): Promise<void>;
  /** Resolves with the first frame, also of those to come, that matches; rejects when the connection closes first. */
  received(matches: (frame: Http2Frame) => boolean): Promise<Http2Frame>;
  /** Resolves with all frames of a stream, once the server has ended or reset it. */
  ended(stream: number): Promise<readonly Http2Frame[]>;
  /** Resolves once the connection is closed. */
  closed(): Promise<void>;
  /** Stops reading, until `resume`. */
  pause(): void;
  resume(): void;
}

/** A call that `Http2Client.call` opens. */
export interface Http2Call {
  readonly path: string;
  /** Default: `application/grpc`. */
  readonly contentType?: string;
  readonly fields?: readonly Field[];
  /** Sent in one DATA frame, which ends the stream; by default the stream stays open after the header. */
  readonly body?: Uint8Array;
}

/** What a test wants otherwise. */
export interface Http2ClientOptions {
  /** Pairs of an identifier and a value. Default: none. */
  readonly settings?: readonly (readonly [id: number, value: number])[];
  /** Whether SETTINGS and PING of the server are acknowledged. Default: true. */
  readonly acknowledges?: boolean;
}

/** Connects to a port of this machine, and sends the preface and SETTINGS. */
export async function openHttp2Client(
  port: number,
  { settings = [], acknowledges = true }: Http2ClientOptions = {},
): Promise<Http2Client> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const parse = createFrameParser();
  const frames: Http2Frame[] = [];
  const waiting = new Set<() => void>();
  const closed = Promise.withResolvers<void>();
  let isClosed = false;
  const wake = () => waiting.forEach((check) => void check());
  socket.on("error", () => {});
  socket.once("close", () => {
    isClosed = true;
    closed.resolve();
    wake();
  });
  socket.on("data", (piece: Buffer) => {
    for (const each of parse(piece)) {
      frames.push(each);
      if (acknowledges && acknowledged.includes(each.type) && (each.flags & flags.ack) === 0) {
        socket.write(frame(each.type, flags.ack, 0, each.type === frameTypes.ping ? each.payload : undefined));
      }
    }
    wake();
  });
  await new Promise((resolve) => socket.once("connect", resolve));

  const write = (...parts: readonly Uint8Array[]) =>
    new Promise<void>((resolve) => void socket.write(Buffer.concat(parts), () => resolve()));

  /** Resolves once `look` finds something; rejects when the connection closes first. */
  const until = <T>(look: () => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found !== undefined) {
          waiting.delete(check);
          resolve(found);
        } else if (isClosed) {
          waiting.delete(check);
          reject(new Error(`the connection closed before what was awaited came; ${frames.length} frames came`));
        }
      };
      waiting.add(check);
      check();
    });

  await write(Buffer.from(preface), settingsFrame(settings));
  return {
    frames,
    write,
    call: (stream, { path, contentType = "application/grpc", fields = [], body }) => {
      const head: Field[] = [
        [":method", "POST"],
        [":scheme", "http"],
        [":path", path],
        [":authority", `localhost:${port}`],
        ["content-type", contentType],
        ["te", "trailers"],
      ];
      const opening = headersFrame(stream, [...head, ...fields]);
      return write(opening, ...(body === undefined ? [] : [dataFrame(stream, body, flags.endStream)]));
    },
    received: (matches) => until(() => frames.find(matches)),
    ended: (stream) =>
      until(() => {
        const own = frames.filter((each) => each.stream === stream);
        return own.some(isEnd) ? own : undefined;
      }),
    closed: () => closed.promise,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

const acknowledged: readonly number[] = [frameTypes.settings, frameTypes.ping];

function isEnd({ type, flags: set }: Http2Frame): boolean {
  const mayEnd = type === frameTypes.data || type === frameTypes.headers;
  return type === frameTypes.reset || (mayEnd && (set & flags.endStream) !== 0);
}
