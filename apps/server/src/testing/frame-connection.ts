import type { Socket } from "node:net";
import { createFrameParser, flags, frame, frameTypes, type Http2Frame } from "./http2-frames.ts";

/** Either end of an HTTP/2 connection, on which a test writes and reads frame by frame. */
export interface FrameConnection extends Disposable {
  /** Every frame that came so far, the oldest first. */
  readonly frames: readonly Http2Frame[];
  /** Sends bytes as they are; resolves once the kernel has taken them, or the connection is gone. */
  write(...parts: readonly Uint8Array[]): Promise<void>;
  /** Resolves with the first frame, also of those to come, that matches; rejects when the connection closes first. */
  received(matches: (frame: Http2Frame) => boolean): Promise<Http2Frame>;
  /** Resolves with all frames of a stream, once the peer has ended or reset it. */
  ended(stream: number): Promise<readonly Http2Frame[]>;
  /** Resolves once the connection is closed. */
  closed(): Promise<void>;
  /** Stops reading, until `resume`. */
  pause(): void;
  resume(): void;
}

/** What a test wants otherwise. */
export interface FrameConnectionOptions {
  /** Whether SETTINGS and PING of the peer are acknowledged. Default: true. */
  readonly acknowledges?: boolean;
  /** How many bytes come before the first frame. Default: 0. */
  readonly prefaceLength?: number;
}

/** Reads the frames of a socket. Nothing is sent but the acknowledgements. */
export function createFrameConnection(
  socket: Socket,
  { acknowledges = true, prefaceLength = 0 }: FrameConnectionOptions = {},
): FrameConnection {
  const parse = createFrameParser();
  const frames: Http2Frame[] = [];
  const waiting = new Set<() => void>();
  const closed = Promise.withResolvers<void>();
  let isClosed = false;
  let toSkip = prefaceLength;
  const wake = () => waiting.forEach((check) => void check());
  socket.on("error", () => {});
  socket.once("close", () => {
    isClosed = true;
    closed.resolve();
    wake();
  });
  socket.on("data", (piece: Buffer) => {
    const skipped = Math.min(toSkip, piece.byteLength);
    toSkip -= skipped;
    for (const each of parse(piece.subarray(skipped))) {
      frames.push(each);
      if (acknowledges && acknowledged.includes(each.type) && (each.flags & flags.ack) === 0) {
        socket.write(frame(each.type, flags.ack, 0, each.type === frameTypes.ping ? each.payload : undefined));
      }
    }
    wake();
  });

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

  return {
    frames,
    write: (...parts) => new Promise((resolve) => void socket.write(Buffer.concat(parts), () => resolve())),
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
