import { once } from "node:events";
import { createServer as createHttp1Server } from "node:http";
import { createSecureServer, type ServerHttp2Stream } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, connect as tlsConnect } from "node:tls";
import { Code } from "@connectrpc/connect";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createLoopbackDial } from "../../testing/dial-loopback.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { flags, headersFrame } from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";
import { testCertificate } from "../../testing/test-certificate.ts";
import { UpstreamError } from "./upstream-error.ts";

const body = new Uint8Array(1);

/** Has a server listen on a free port, and its connections closed with the test. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    sockets.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    sockets.forEach((socket) => void socket.destroy());
    server.close();
    await once(server, "close");
  });
  return (server.address() as AddressInfo).port;
}

describe("a server that is no server of gRPC", () => {
  it.each([
    ["speaks HTTP/1.1", "speaks-http1", () => createHttp1Server((_request, response) => void response.end())],
    ["is a TLS port", "tls-port-in-plaintext", () => createTlsServer(testCertificate).on("tlsClientError", () => {})],
    ["closes at once", "speaks-no-http", () => createServer((socket) => void socket.end())],
    [
      "greets in a protocol of its own",
      "speaks-no-http",
      () => createServer((socket) => void socket.end("220 mail\r\n")),
    ],
  ])("%s, and the call says so", async (_what, kind, create) => {
    using upstream = createLoopbackUpstream(await listen(create()));
    const fault = await recordExchange(upstream, { body }).closed();
    expect(fault).toMatchObject({ kind, code: Code.Unavailable, endedBy: "upstream" });
  });

  it("accepts and stays silent, and the call says so once the time to connect is over", async () => {
    await using server = await startFrameServer({ settings: undefined, acknowledges: false });
    using upstream = createLoopbackUpstream(server.port);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const recorded = recordExchange(upstream, { body });
    await server.connection(0).then((connection) => connection.received(() => true));
    vi.advanceTimersByTime(9_999);
    expect(recorded.events).toEqual([]);
    vi.advanceTimersByTime(1);
    const fault = await recorded.closed();
    expect(fault).toMatchObject({ kind: "silent-peer", code: Code.Unavailable });
    expect(fault?.message).toContain("SETTINGS for 10000 ms");
  });

  it("is not there, and then is", async () => {
    const first = await startFrameServer({ settings: [] });
    await first[Symbol.asyncDispose]();
    using upstream = createLoopbackUpstream(first.port);
    const failed = await recordExchange(upstream, { body }).closed();
    expect(failed).toMatchObject({ code: Code.Unavailable, kind: "connection-lost" });

    await using second = await startFrameServer({ settings: [], port: first.port });
    const recorded = recordExchange(upstream, { body });
    const connection = await second.connection(0);
    await requestHead(connection, 1);
    await connection.write(headersFrame(1, [[":status", "200"]], flags.endHeaders | flags.endStream));
    expect(await recorded.closed()).toBeUndefined();
  });
});

describe("connect()", () => {
  it("tells the stages that end well", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const stages: string[] = [];
    const onStage = (stage: string, finding: string) => void stages.push(`${stage}: ${finding}`);
    expect(upstream.version()).toBeUndefined();
    expect(await upstream.connect({ signal: AbortSignal.timeout(5_000), onStage })).toBe("http2");
    expect(stages).toEqual([`connect: 127.0.0.1:${server.port}`, "http: HTTP/2"]);
    expect(upstream.version()).toBe("http2");
  });

  it("leaves its connection to the calls to come", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    await upstream.connect({ signal: AbortSignal.timeout(5_000) });
    recordExchange(upstream, { body });
    await requestHead(await server.connection(0), 1);
    expect(server.sockets).toHaveLength(1);
  });

  it("finds HTTP/1.1", async () => {
    const port = await listen(createHttp1Server((_request, response) => void response.end()));
    using upstream = createLoopbackUpstream(port);
    expect(await upstream.connect({ signal: AbortSignal.timeout(5_000) })).toBe("http1");
    expect(upstream.version()).toBe("http1");
  });

  it("finds HTTP/2 in TLS, and carries calls there", async () => {
    const server = createSecureServer(testCertificate);
    server.on("stream", (stream: ServerHttp2Stream, headers) => {
      stream.respond({ ":status": 200, "x-scheme": headers[":scheme"] }, { endStream: true });
    });
    const port = await listen(server);
    using upstream = createLoopbackUpstream(port, {
      scheme: "https",
      async dial({ alpn }) {
        const socket = tlsConnect({
          port,
          ca: testCertificate.cert,
          servername: "localhost",
          ALPNProtocols: [...alpn],
        });
        await once(socket, "secureConnect");
        return { socket, alpn: socket.alpnProtocol === "h2" ? "h2" : undefined };
      },
    });
    const { heads, closed } = recordExchange(upstream, { body });
    expect(await closed()).toBeUndefined();
    expect(heads[0]?.fields.slice(0, 2)).toEqual(["x-scheme", "https"]);
    expect(upstream.version()).toBe("http2");
  });

  it("finds HTTP/1.1 in TLS where the server did not choose h2", async () => {
    await using server = await startFrameServer({ settings: [] });
    const plain = createLoopbackDial(server.port);
    using upstream = createLoopbackUpstream(server.port, {
      scheme: "https",
      dial: async (options) => ({ ...(await plain(options)), alpn: "http/1.1" }),
    });
    expect(await upstream.connect({ signal: AbortSignal.timeout(5_000) })).toBe("http1");
    expect(await recordExchange(upstream, { body }).closed()).toMatchObject({ kind: "no-alpn-h2" });
  });

  it("says so where a server closes before its SETTINGS though TLS shows that it is one", async () => {
    await using server = await startFrameServer({
      settings: undefined,
      acknowledges: false,
      onConnection: (_connection, socket) => void socket.end(),
    });
    const plain = createLoopbackDial(server.port);
    using upstream = createLoopbackUpstream(server.port, {
      scheme: "https",
      dial: async (options) => ({ ...(await plain(options)), alpn: "h2" }),
    });
    const error = await upstream.connect({ signal: AbortSignal.timeout(5_000) }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ stage: "http", fault: { kind: "connection-lost" } });
    expect(`${error}`).toContain("before it sent its HTTP/2 SETTINGS");
  });

  it("rejects with the stage that failed", async () => {
    const port = await listen(createServer((socket) => void socket.end()));
    using upstream = createLoopbackUpstream(port);
    const error = await upstream.connect({ signal: AbortSignal.timeout(5_000) }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ stage: "http", fault: { kind: "speaks-no-http" } });
  });

  it("gives up with its signal", async () => {
    await using server = await startFrameServer({ settings: undefined, acknowledges: false });
    using upstream = createLoopbackUpstream(server.port);
    const abort = new AbortController();
    const connecting = upstream.connect({ signal: abort.signal });
    const connection = await server.connection(0);
    await connection.received(() => true);
    abort.abort();
    await expect(connecting).rejects.toMatchObject({ stage: "http", fault: { kind: "closed" } });
    await connection.closed();
  });
});
