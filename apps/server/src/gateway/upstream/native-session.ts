import type { ClientHttp2Session, ClientHttp2Stream } from "node:http2";

/** Node's own part of a session, which is of no use but to be kept. */
export interface NativeSession {
  /**
   * Keeps it until what Node holds of a stream was collected. A header block that Node has refused stays with its stream;
   * where the session's part is collected before the stream's, Node aborts the whole process (seen in 26.10, by
   * `current_nghttp2_memory_` in `~Http2Session`), so that any server could end it by two frames.
   */
  outlive(stream: ClientHttp2Stream): void;
}

/** What is registered keeps its held value alive until it is collected; nothing is left to do then. */
const outlived = new FinalizationRegistry<unknown>(() => {});

/** Takes hold of Node's own part of a session that is connected. */
export function holdNativeSession(session: ClientHttp2Session): NativeSession {
  const key = Object.getOwnPropertySymbols(session).find(({ description }) => description === "kHandle");
  // Node's own property, of which no type tells.
  const native = key === undefined ? undefined : (session as unknown as Readonly<Record<symbol, unknown>>)[key];
  return {
    outlive(stream) {
      if (native !== undefined) {
        outlived.register(stream, native);
      }
    },
  };
}
