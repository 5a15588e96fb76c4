import { connect } from "node:net";
import { createFrameConnection, type FrameConnection, type FrameConnectionOptions } from "./frame-connection.ts";
import type { Field } from "./hpack.ts";
import { dataFrame, flags, headersFrame, preface, settingsFrame } from "./http2-frames.ts";

/** An HTTP/2 connection on which a test writes and reads frame by frame; nothing else is sent for it. */
export interface Http2Client extends FrameConnection {
  /** Opens a call on a stream: the header, and the data where there is any. */
  call(stream: number, call: Http2Call): Promise<void>;
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
export interface Http2ClientOptions extends Pick<FrameConnectionOptions, "acknowledges"> {
  /** Pairs of an identifier and a value. Default: none. */
  readonly settings?: readonly (readonly [id: number, value: number])[];
}

/** Connects to a port of this machine, and sends the preface and SETTINGS. */
export async function openHttp2Client(
  port: number,
  { settings = [], acknowledges }: Http2ClientOptions = {},
): Promise<Http2Client> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  const connection = createFrameConnection(socket, { acknowledges });
  await new Promise((resolve) => socket.once("connect", resolve));
  await connection.write(Buffer.from(preface), settingsFrame(settings));
  return {
    ...connection,
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
      return connection.write(opening, ...(body === undefined ? [] : [dataFrame(stream, body, flags.endStream)]));
    },
  };
}
