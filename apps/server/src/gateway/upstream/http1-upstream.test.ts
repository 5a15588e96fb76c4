import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { Code } from "@connectrpc/connect";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { createLoopbackUpstream, type LoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";
import { standsStill } from "../../testing/stands-still.ts";
import type { UpstreamLimits } from "./upstream-limits.ts";

const connectFields = ["content-type", "application/proto"];

interface TestServer {
  readonly upstream: LoopbackUpstream;
  /** How many connections there were that brought a call. */
  connections(): number;
  readonly authority: string;
}

/** Starts a server of HTTP/1.1, and an upstream that has found that out. Both end with the test. */
async function start(onRequest: RequestListener, limits: Partial<UpstreamLimits> = {}): Promise<TestServer> {
  const used = new Set<unknown>();
  const server = createServer((request, response) => {
    if (request.method === "OPTIONS") {
      response.end();
      return;
    }
    used.add(request.socket);
    onRequest(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const upstream = createLoopbackUpstream(port, { limits });
  onTestFinished(async () => {
    upstream.close();
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  await upstream.connect({ signal: AbortSignal.timeout(5_000) });
  return { upstream, connections: () => used.size, authority: `localhost:${port}` };
}

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end(await text(request));
}

describe("a request over HTTP/1.1", () => {
  it("has its fields in their order, the authority and what is left of the deadline", async () => {
    const received = Promise.withResolvers<IncomingMessage>();
    const { upstream, authority } = await start((request, response) => {
      received.resolve(request);
      response.end();
    });
    const { closed } = recordExchange(upstream, {
      path: "/a.B/C",
      fields: [...connectFields, "x-twice", "1", "authorization", "secret", "x-twice", "2"],
      deadline: { at: performance.now() + 5_000, field: "connect-timeout-ms" },
      body: new Uint8Array(3),
    });
    const { method, url, rawHeaders, headers } = await received.promise;
    expect([method, url, headers.host]).toEqual(["POST", "/a.B/C", authority]);
    const twice = rawHeaders.filter((_part, index) => rawHeaders[index - 1] === "x-twice");
    expect(twice).toEqual(["1", "2"]);
    expect(Number(headers["connect-timeout-ms"])).toBeLessThanOrEqual(5_000);
    expect(Number(headers["connect-timeout-ms"])).toBeGreaterThan(3_000);
    expect(await closed()).toBeUndefined();
  });

  it("tells its length where its body is there at once", async () => {
    const lengths: (string | undefined)[] = [];
    const { upstream } = await start((request, response) => {
      lengths.push(request.headers["content-length"]);
      response.end();
    });
    await recordExchange(upstream, { fields: connectFields, body: new Uint8Array(3) }).closed();
    await recordExchange(upstream, { fields: connectFields, body: new Uint8Array(0) }).closed();
    await recordExchange(upstream, { method: "GET", fields: [], body: new Uint8Array(0) }).closed();
    expect(lengths).toEqual(["3", "0", undefined]);
  });

  it("is sent piece by piece otherwise", async () => {
    const { upstream } = await start(echo);
    const { exchange, body, closed } = recordExchange(upstream, { fields: connectFields });
    exchange.write(Buffer.from("one "));
    await turn();
    await turn();
    exchange.write(Buffer.from("two"));
    exchange.end();
    expect(await closed()).toBeUndefined();
    expect(body().toString()).toBe("one two");
  });

  it("takes the connection of the one before", async () => {
    const { upstream, connections } = await start(echo);
    for (const word of ["a", "b", "c"]) {
      const { body, closed } = recordExchange(upstream, { fields: connectFields, body: Buffer.from(word) });
      expect(await closed()).toBeUndefined();
      expect(body().toString()).toBe(word);
    }
    expect(connections()).toBe(1);
  });

  it("waits where all connections are in use", async () => {
    const responses: ServerResponse[] = [];
    const { upstream } = await start((_request, response) => void responses.push(response), { maxConnections: 1 });
    const first = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    const second = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    await vi.waitFor(() => expect(responses).toHaveLength(1));
    responses[0]?.end();
    await first.closed();
    await vi.waitFor(() => expect(responses).toHaveLength(2));
    responses[1]?.end();
    expect(await second.closed()).toBeUndefined();
  });

  it("is held back by a server that doesn't read", async () => {
    const { upstream } = await start((request) => void request.pause());
    const { exchange, events } = recordExchange(upstream, { fields: connectFields });
    let taken = 0;
    await vi.waitFor(() => {
      while (exchange.write(new Uint8Array(65_536))) {
        taken++;
        if (taken % 16 === 0) {
          break;
        }
      }
      expect(events).not.toContain("never");
      expect(exchange.write(new Uint8Array(1))).toBe(false);
    });
    expect(taken).toBeLessThan(1_000);
  });
});

describe("a response over HTTP/1.1", () => {
  it("is told in its order, with its trailers and repeated fields", async () => {
    const { upstream } = await start((_request, response) => {
      response.writeHead(200, [
        ["X-Twice", "1"],
        ["X-Twice", "2"],
        ["Trailer", "x-end"],
      ]);
      response.write("body");
      response.addTrailers([["X-End", "yes"]]);
      response.end();
    });
    const { events, heads, trailers, closed } = recordExchange(upstream, {
      fields: connectFields,
      body: new Uint8Array(1),
    });
    expect(await closed()).toBeUndefined();
    expect(events).toEqual(["head 200", "data 4", "trailers", "close"]);
    expect(heads[0]?.fields.slice(0, 4)).toEqual(["x-twice", "1", "x-twice", "2"]);
    expect(trailers).toEqual([["x-end", "yes"]]);
  });

  it("may point elsewhere, which is not followed", async () => {
    let requests = 0;
    const { upstream } = await start((_request, response) => {
      requests++;
      response.writeHead(307, { location: "http://169.254.169.254/" }).end();
    });
    const { events, closed } = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    expect(await closed()).toBeUndefined();
    expect(events).toEqual(["head 307", "close"]);
    expect(requests).toBe(1);
  });

  it("that is cut off is a lost connection", async () => {
    const { upstream } = await start((_request, response) => {
      response.write("half", () => void response.destroy());
    });
    const { events, closed } = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    expect(await closed()).toMatchObject({ code: Code.Unavailable, kind: "connection-lost" });
    expect(events).toEqual(["head 200", "data 4", "close connection-lost"]);
  });

  it("that is no HTTP is a fault", async () => {
    const { upstream } = await start((request) => void request.socket.end("nonsense\r\n\r\n"));
    const { closed } = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    expect(await closed()).toMatchObject({ code: Code.Internal, kind: "protocol-error" });
  });

  it("is held back by a reader that stops", async () => {
    const total = 32 * 1_048_576;
    let sent = 0;
    const { upstream } = await start((_request, response) => {
      const fill = () => {
        while (sent < total) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536))) {
            return;
          }
        }
        response.end();
      };
      response.on("drain", fill);
      fill();
    });
    const { exchange, told, closed, bodyLength } = recordExchange(upstream, {
      fields: connectFields,
      body: new Uint8Array(1),
      keepsBody: false,
    });
    await told("head");
    exchange.pause();
    await standsStill(() => sent);
    expect(sent).toBeLessThan(total);
    exchange.resume();
    expect(await closed()).toBeUndefined();
    expect(bodyLength()).toBe(total);
  });
});

describe("cancel() over HTTP/1.1", () => {
  it("closes the connection and tells nothing more", async () => {
    const aborted = Promise.withResolvers<void>();
    const { upstream } = await start((request, response) => {
      response.write("x");
      request.socket.once("close", () => void aborted.resolve());
    });
    const { exchange, events, told } = recordExchange(upstream, { fields: connectFields });
    exchange.write(Buffer.from("y"));
    await told("data");
    exchange.cancel();
    await aborted.promise;
    expect(events).toEqual(["head 200", "data 1"]);
  });
});

describe("a call of gRPC to a server of HTTP/1.1", () => {
  it("is told what the server speaks", async () => {
    const { upstream } = await start(echo);
    const { closed } = recordExchange(upstream, { body: new Uint8Array(1) });
    expect(await closed()).toMatchObject({ code: Code.Unavailable, kind: "speaks-http1" });
  });

  it("is carried where it is gRPC-Web", async () => {
    const { upstream } = await start(echo);
    const { closed } = recordExchange(upstream, {
      fields: ["content-type", "application/grpc-web+proto"],
      body: new Uint8Array(1),
    });
    expect(await closed()).toBeUndefined();
  });
});

describe("a server of HTTP/1.1 that is replaced by one of HTTP/2", () => {
  /** A server of HTTP/1.1 that was found out, and went away. */
  async function startReplaced() {
    const server = createServer((_request, response) => void response.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const upstream = createLoopbackUpstream(port);
    onTestFinished(upstream.close);
    await upstream.connect({ signal: AbortSignal.timeout(5_000) });
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    return { port, upstream };
  }

  it("is asked anew what it speaks once it could not be reached", async () => {
    const { upstream } = await startReplaced();
    const { closed } = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    expect(await closed()).toMatchObject({ code: Code.Unavailable });
    expect(upstream.version()).toBeUndefined();
  });

  it("is asked anew once its answer is no HTTP/1.1", async () => {
    const { port, upstream } = await startReplaced();
    await using server = await startFrameServer({ settings: [], port });
    const { closed } = recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    expect(await closed()).toMatchObject({ kind: "protocol-error" });
    expect(upstream.version()).toBeUndefined();
    recordExchange(upstream, { fields: connectFields, body: new Uint8Array(1) });
    await requestHead(await server.connection(1), 1);
  });

  it("gets calls of gRPC after a while", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { port, upstream } = await startReplaced();
    await using server = await startFrameServer({ settings: [], port });
    expect(await recordExchange(upstream).closed()).toMatchObject({ kind: "speaks-http1" });
    vi.advanceTimersByTime(10_000);
    recordExchange(upstream);
    await requestHead(await server.connection(0), 1);
    expect(upstream.version()).toBe("http2");
  });
});
