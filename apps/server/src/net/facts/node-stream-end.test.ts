import { once } from "node:events";
import { constants, createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type Http2Client, openHttp2Client } from "../../testing/http2-client.ts";
import { describeFrame } from "../../testing/http2-frames.ts";

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR } = constants;

/** Has a bare server of Node's handle one stream, and gives the frames that a client gets on it, in a few words each. */
async function framesOf(
  onStream: (stream: ServerHttp2Stream) => void,
  { isEnded = false }: { readonly isEnded?: boolean } = {},
): Promise<string[]> {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream) => {
    stream.on("error", () => {});
    onStream(stream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  using client = await openHttp2Client((server.address() as AddressInfo).port);
  await client.call(1, { path: "/", body: isEnded ? new Uint8Array() : undefined });
  await client.ended(1);
  const frames = await settledFrames(client);
  server.close();
  return frames;
}

/** The frames of stream 1 once the server has answered a call that came after it, so that nothing is on its way. */
async function settledFrames(client: Http2Client): Promise<string[]> {
  for (const stream of [3, 5]) {
    await client.call(stream, { path: "/", body: new Uint8Array() });
    await client.ended(stream);
  }
  return client.frames.filter(({ stream }) => stream === 1).map(describeFrame);
}

describe("close(code) of a server's stream", () => {
  it.each([
    [true, ["HEADERS", "DATA END_STREAM"]],
    [false, ["HEADERS", "DATA END_STREAM", "RST_STREAM 8"]],
  ])("ends the stream as if all were well without waitForTrailers; client has ended: %s", async (isEnded, frames) => {
    const close = (stream: ServerHttp2Stream) => {
      stream.respond();
      stream.close(NGHTTP2_CANCEL);
    };
    expect(await framesOf(close, { isEnded })).toEqual(frames);
  });

  it.each([true, false])("resets the stream with waitForTrailers; client has ended: %s", async (isEnded) => {
    const close = (stream: ServerHttp2Stream) => {
      stream.respond({}, { waitForTrailers: true });
      setImmediate(() => stream.close(NGHTTP2_CANCEL));
    };
    expect(await framesOf(close, { isEnded })).toEqual(["HEADERS", "RST_STREAM 8"]);
  });

  it("resets the stream where there was no response", async () => {
    expect(await framesOf((stream) => stream.close(NGHTTP2_CANCEL))).toEqual(["RST_STREAM 8"]);
  });
});

describe("sendTrailers() of a server's stream", () => {
  const respond = (stream: ServerHttp2Stream, afterTrailers: () => void) => {
    stream.respond({}, { waitForTrailers: true });
    stream.once("wantTrailers", () => {
      stream.sendTrailers({ "grpc-status": "0" });
      afterTrailers();
    });
    stream.end("x");
  };

  it("loses its trailers to a close in the same turn", async () => {
    const frames = await framesOf((stream) => respond(stream, () => stream.close(NGHTTP2_NO_ERROR)));
    expect(frames).toEqual(["HEADERS", "DATA", "RST_STREAM 0"]);
  });

  it("keeps its trailers when the close comes a turn later", async () => {
    const frames = await framesOf((stream) =>
      respond(stream, () => setImmediate(() => stream.close(NGHTTP2_NO_ERROR))),
    );
    expect(frames).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM", "RST_STREAM 0"]);
  });

  it("resets a stream that is not read and whose client has not ended by itself, without an error", async () => {
    const frames = await framesOf((stream) => respond(stream, () => {}));
    expect(frames).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM", "RST_STREAM 0"]);
  });

  it("leaves a stream open that is read and whose client has not ended", async () => {
    const frames = await framesOf((stream) => respond(stream.resume(), () => {}));
    expect(frames).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM"]);
  });

  it("leaves a stream alone whose client has ended", async () => {
    const frames = await framesOf((stream) => respond(stream, () => {}), { isEnded: true });
    expect(frames).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM"]);
  });
});

describe("destroy() of a server's stream", () => {
  it("resets it with NO_ERROR", async () => {
    expect(await framesOf((stream) => stream.destroy())).toEqual(["RST_STREAM 0"]);
  });

  it("resets it with INTERNAL_ERROR where it is given an error", async () => {
    expect(await framesOf((stream) => stream.destroy(new Error("x")))).toEqual(["RST_STREAM 2"]);
  });
});
