import { type ClientHttp2Stream, connect, constants } from "node:http2";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp, type TestApp } from "../testing/start-test-app.ts";

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** Limits short enough to be waited for. */
const short = ["--headers-timeout", "100ms", "--request-timeout", "200ms", "--idle-timeout", "150ms"];

describe("a connection to the port", () => {
  let server: TestApp;
  beforeEach(async () => {
    server = await startTestApp({ flags: short });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it.each([
    ["says nothing", ""],
    ["sends the start of an HTTP/2 preface", "PRI * HT"],
    ["sends a whole HTTP/2 preface and then nothing", preface],
    ["sends half a header line", "GET / HT"],
    ["sends headers without an end", "GET / HTTP/1.1\r\nhost: localhost\r\n"],
    [
      "sends half a body",
      "POST /Greeter/SayHello HTTP/1.1\r\nhost: localhost:PORT\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    ],
  ])("is closed when its client %s", async (_name, bytes) => {
    using socket = await openRawSocket(server.port);
    socket.write(bytes.replace("PORT", String(server.port)));
    await socket.closed();
  });

  it("is closed when its client sends a header byte at a time", async () => {
    using socket = await openRawSocket(server.port);
    socket.write("GET / HTTP/1.1\r\nx: ");
    const drip = setInterval(() => socket.write("y"), 20);
    expect(await socket.closed()).toContain("408 Request Timeout");
    clearInterval(drip);
  });

  it("is closed when it is kept alive and says nothing more", async () => {
    using socket = await openRawSocket(server.port);
    socket.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\n\r\n`);
    expect(await socket.closed()).toContain('{"status":"ok"}');
  });

  it("is told to go away when an HTTP/2 client opens no call", async () => {
    const session = connect(server.baseUrl);
    const goaway = Promise.withResolvers<number>();
    session.on("goaway", goaway.resolve);
    expect(await goaway.promise).toBe(0);
    await new Promise((resolve) => session.once("close", resolve));
  });

  it("stays open for a stream of answers that outlasts every limit", async () => {
    using socket = await openRawSocket(server.port);
    const head = `POST /test.demo/TestClientRecvStream HTTP/1.1\r\nhost: localhost:${server.port}\r\n`;
    const body = "\0\0\0\0\x02{}";
    socket.write(`${head}content-type: application/connect+json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    expect(await socket.received("send 2")).toContain("send 1");
  });

  it("stays open for an HTTP/2 stream of answers that outlasts every limit", async () => {
    using client = openSession(server.baseUrl);
    const stream = client.session.request({
      ":method": "POST",
      ":path": "/test.demo/TestClientRecvStream",
      "content-type": "application/connect+json",
    });
    stream.end("\0\0\0\0\x02{}");
    let text = "";
    for await (const chunk of stream) {
      text += chunk;
      if (text.includes("send 2")) {
        break;
      }
    }
    expect(text).toContain("send 1");
  });
});

describe("an HTTP/2 call whose message does not arrive", () => {
  it("ends with DEADLINE_EXCEEDED after the request timeout", async () => {
    await using server = await startTestApp({ flags: ["--request-timeout", "50ms"] });
    using client = openSession(server.baseUrl);
    const stream = client.session.request({
      ":method": "POST",
      ":path": "/Greeter/SayHello",
      "content-type": "application/grpc",
      te: "trailers",
    });
    stream.resume();
    const trailers = await new Promise<Record<string, unknown>>((resolve) => stream.once("trailers", resolve));
    expect(trailers["grpc-status"]).toBe("4");
  });
});

describe("the limits of a header section", () => {
  it("answers 431 to one that is too long over HTTP/1.1", async () => {
    await using server = await startTestApp({ flags: ["--max-header-bytes", "1KiB"] });
    using socket = await openRawSocket(server.port);
    socket.write(`GET / HTTP/1.1\r\nhost: localhost:${server.port}\r\nx: ${"y".repeat(2_000)}\r\n\r\n`);
    expect(await socket.closed()).toContain("431 ");
  });

  it("answers 431 to one with too many fields over HTTP/1.1", async () => {
    await using server = await startTestApp();
    using socket = await openRawSocket(server.port);
    const fields = Array.from({ length: 150 }, (_, i) => `x${i}: y\r\n`).join("");
    socket.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\nconnection: close\r\n${fields}\r\n`);
    expect(await socket.closed()).toContain("431 ");
  });

  it("answers 431 to one that is too long over HTTP/2 before the settings have come", async () => {
    await using server = await startTestApp({ flags: ["--max-header-bytes", "2KiB"] });
    using client = openSession(server.baseUrl);
    const stream = client.session.request({ ":path": "/healthz", x: "y".repeat(3_000) });
    const headers = await new Promise<Record<string, unknown>>((resolve) => stream.once("response", resolve));
    expect(headers[":status"]).toBe(431);
  });

  it.each([
    ["too long", { x: "y".repeat(3_000) }],
    ["of too many fields", Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x${i}`, "y"]))],
  ])("resets an HTTP/2 stream with one that is %s", async (_name, headers) => {
    await using server = await startTestApp({ flags: ["--max-header-bytes", "2KiB"] });
    using client = openSession(server.baseUrl);
    await new Promise((resolve) => client.session.once("localSettings", resolve));
    const stream = client.session.request({ ":path": "/healthz", ...headers });
    expect(await closeCode(stream)).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });
});

describe("the limit of streams", () => {
  it("refuses the stream beyond it", async () => {
    await using server = await startTestApp({ flags: ["--max-streams", "2"] });
    using client = openSession(server.baseUrl);
    const codes = [1, 2, 3].map(() =>
      closeCode(
        client.session.request({
          ":method": "POST",
          ":path": "/test.demo/TestTwoWayStream",
          "content-type": "application/grpc",
        }),
      ),
    );
    expect(await Promise.race(codes)).toBe(constants.NGHTTP2_REFUSED_STREAM);
  });
});

describe("a client that resets its streams as fast as it can", () => {
  it("loses its connection, and the server goes on", async () => {
    await using server = await startTestApp();
    using client = openSession(server.baseUrl);
    const closed = new Promise((resolve) => client.session.once("close", resolve));
    const reset = () => {
      if (!client.session.destroyed) {
        const stream = client.session.request({ ":path": "/healthz" });
        stream.on("error", () => {}).close(constants.NGHTTP2_CANCEL);
        setImmediate(reset);
      }
    };
    reset();
    await closed;
    expect((await fetch(`${server.baseUrl}/healthz`)).status).toBe(200);
  });
});

/** Resolves with the code of a stream's reset. */
function closeCode(stream: ClientHttp2Stream): Promise<number | undefined> {
  stream.on("error", () => {});
  return new Promise((resolve) => stream.once("close", () => resolve(stream.rstCode)));
}

function openSession(url: string) {
  const session = connect(url);
  session.on("error", () => {});
  return { session, [Symbol.dispose]: () => session.destroy() };
}
