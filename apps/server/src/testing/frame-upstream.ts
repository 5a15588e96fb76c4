import { type FrameServer, requestHead, startFrameServer } from "./frame-server.ts";
import type { Field } from "./hpack.ts";
import { flags, type Http2Frame, headersFrame } from "./http2-frames.ts";

/** A server behind the gateway that answers its first call frame by frame. */
export interface FrameUpstream extends AsyncDisposable {
  readonly port: number;
  /** Resolves with the first call's head once it is there. */
  head(): Promise<Http2Frame>;
  /** Sends bytes on its connection, all in one piece. */
  write(...frames: readonly Uint8Array[]): Promise<void>;
  /** Resolves with the first frame of the call, also of those to come, that matches. */
  received(matches: (frame: Http2Frame) => boolean): Promise<Http2Frame>;
}

/** The first stream of a client. */
export const firstStream = 1;

/** Starts the server; nothing is sent beside SETTINGS but what the test writes. */
export async function startFrameUpstream(): Promise<FrameUpstream> {
  const server: FrameServer = await startFrameServer({ settings: [] });
  return {
    port: server.port,
    head: async () => requestHead(await server.connection(0), firstStream),
    write: async (...frames) => (await server.connection(0)).write(...frames),
    received: async (matches) =>
      (await server.connection(0)).received((frame) => frame.stream === firstStream && matches(frame)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The head of a response of gRPC. */
export function grpcHead(...fields: readonly Field[]): Buffer {
  return headersFrame(firstStream, [[":status", "200"], ["content-type", "application/grpc"], ...fields]);
}

/** The trailers that end it. */
export function grpcTrailers(...fields: readonly Field[]): Buffer {
  return headersFrame(firstStream, fields, flags.endHeaders | flags.endStream);
}

/** A response in a head alone. */
export function grpcTrailersOnly(...fields: readonly Field[]): Buffer {
  const head: readonly Field[] = [[":status", "200"], ["content-type", "application/grpc"], ...fields];
  return headersFrame(firstStream, head, flags.endHeaders | flags.endStream);
}
