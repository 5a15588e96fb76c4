import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { dataFrame, flags, frameTypes, headersFrame, windowUpdateFrame } from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";
import { standsStill } from "../../testing/stands-still.ts";

const pieceBytes = 65_536;

interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly server: Http2Server;
}

/** Starts a server of Node's that handles its streams in this way. */
async function startServer(onStream: (stream: ServerHttp2Stream) => void): Promise<TestServer> {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream) => {
    stream.on("error", () => {});
    onStream(stream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    server,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

/** Sends back what comes, and a status. */
function echo(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200 }, { waitForTrailers: true });
  stream.once("wantTrailers", () => void stream.sendTrailers({ "grpc-status": "0" }));
  stream.pipe(stream);
}

describe("a message of 12 MB", () => {
  it("passes beside 50 small calls on one connection", async () => {
    await using server = await startServer(echo);
    using upstream = createLoopbackUpstream(server.port);
    const sessions = vi.fn();
    server.server.on("session", sessions);
    const large = Buffer.alloc(12_000_000, "switchboard");
    const calls = [large, ...Array.from({ length: 50 }, (_, index) => Buffer.from(`small ${index}`))].map((body) => ({
      body,
      recorded: recordExchange(upstream, { body }),
    }));
    for (const { body, recorded } of calls) {
      expect(await recorded.closed()).toBeUndefined();
      expect(recorded.body().equals(body)).toBe(true);
      expect(recorded.trailers).toEqual([["grpc-status", "0"]]);
    }
    expect(sessions).toHaveBeenCalledTimes(1);
  });
});

describe("a server that stops reading", () => {
  it("holds the request back, which goes on with a drain", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const { exchange, events, told } = recordExchange(upstream);
    const connection = await server.connection(0);
    await requestHead(connection, 1);
    let taken = 0;
    while (exchange.write(new Uint8Array(pieceBytes))) {
      taken += pieceBytes;
      await turn();
    }
    expect(taken).toBeLessThanOrEqual(4 * pieceBytes);
    expect(events).toEqual([]);
    await connection.write(windowUpdateFrame(0, 10_000_000), windowUpdateFrame(1, 10_000_000));
    await told("drain");
    exchange.end();
    await connection.ended(1);
    const data = connection.frames.filter(({ type }) => type === frameTypes.data);
    expect(data.reduce((sum, { payload }) => sum + payload.byteLength, 0)).toBe(taken + pieceBytes);
  });
});

describe("a reader that stops", () => {
  it("holds the server after a window, and goes on where it stopped", async () => {
    const total = 64 * 1_048_576;
    let sent = 0;
    await using server = await startServer((stream) => {
      stream.respond({ ":status": 200 });
      const fill = () => {
        while (sent < total) {
          sent += pieceBytes;
          if (!stream.write(Buffer.alloc(pieceBytes))) {
            return;
          }
        }
        stream.end();
      };
      stream.on("drain", fill);
      fill();
    });
    using upstream = createLoopbackUpstream(server.port);
    const { exchange, bodyLength, told, closed } = recordExchange(upstream, {
      body: new Uint8Array(1),
      keepsBody: false,
    });
    await told("head");
    exchange.pause();
    await standsStill(() => sent);
    expect(sent - bodyLength()).toBeLessThan(1_048_576);
    exchange.resume();
    expect(await closed()).toBeUndefined();
    expect(bodyLength()).toBe(total);
  });

  it("gets the trailers behind the body though they came before it was read", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const { exchange, events, told, closed } = recordExchange(upstream, { body: new Uint8Array(1) });
    const connection = await server.connection(0);
    await connection.ended(1);
    await connection.write(headersFrame(1, [[":status", "200"]]));
    await told("head");
    exchange.pause();
    await connection.write(
      dataFrame(1, "a"),
      dataFrame(1, "b"),
      headersFrame(1, [["grpc-status", "0"]], flags.endHeaders | flags.endStream),
    );
    const other = recordExchange(upstream, { body: new Uint8Array(1) });
    await connection.ended(3);
    await connection.write(headersFrame(3, [[":status", "200"]], flags.endHeaders | flags.endStream));
    await other.closed();
    expect(events).toEqual(["head 200"]);
    exchange.resume();
    expect(await closed()).toBeUndefined();
    expect(events.filter((event) => !event.startsWith("data"))).toEqual(["head 200", "trailers", "close"]);
    expect(events.at(-2)).toBe("trailers");
  });
});

describe("trailers before the request has ended", () => {
  it("leave no stream behind, 1,000 times", async () => {
    let open = 0;
    await using server = await startServer((stream) => {
      open++;
      stream.once("close", () => open--);
      stream.respond({ ":status": 200 }, { waitForTrailers: true });
      stream.once("wantTrailers", () => void stream.sendTrailers({ "grpc-status": "3" }));
      stream.resume();
      stream.end();
    });
    using upstream = createLoopbackUpstream(server.port);
    for (let round = 0; round < 20; round++) {
      const calls = Array.from({ length: 50 }, () => {
        const recorded = recordExchange(upstream);
        recorded.exchange.write(Buffer.from("never ended"));
        return recorded;
      });
      for (const { closed, trailers } of calls) {
        expect(await closed()).toBeUndefined();
        expect(trailers).toEqual([["grpc-status", "3"]]);
      }
    }
    await vi.waitFor(() => expect(open).toBe(0));
  });
});

describe("2,000 calls that are cancelled at once", () => {
  it("leave the call of somebody else alone, whatever the server's guard against resets", async () => {
    await using server = await startServer((stream) => {
      stream.respond({ ":status": 200 });
      stream.resume();
    });
    using upstream = createLoopbackUpstream(server.port);
    const steady = recordExchange(upstream);
    await steady.told("head");
    const calls = Array.from({ length: 2_000 }, () => recordExchange(upstream));
    await Promise.all(calls.map(({ told }) => told("head")));
    calls.forEach(({ exchange }) => void exchange.cancel());
    const next = recordExchange(upstream);
    await next.told("head");
    expect([steady.events, next.events]).toEqual([["head 200"], ["head 200"]]);
    expect(calls.every(({ events }) => events.length === 1)).toBe(true);
  });
});
