import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textEnvelope } from "../testing/envelope.ts";
import { openRawSocket } from "../testing/raw-socket.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { type Http2Upstream, startHttp2Upstream } from "../testing/start-http2-upstream.ts";

let upstream: Http2Upstream;
let gateway: Gateway;

beforeAll(async () => {
  upstream = await startHttp2Upstream((stream) => {
    stream.respond({ "content-type": "application/grpc", "grpc-status": "0" }, { endStream: true });
  });
  gateway = await startGateway(upstream.port, { proxies: true });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

const message = textEnvelope("a").toString("latin1");
const length = message.length;
const smuggled = "POST /a.B/Smuggled HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/grpc-web\r\n\r\n";

/** The bytes of a call, with these lines behind its usual ones, each with its end. */
function call(port: number, lines: string, body: string): Uint8Array {
  const head = `POST /a.B/C HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/grpc-web\r\n`;
  return Buffer.from(`${head}${lines}\r\n${body}`, "latin1");
}

describe("a request over HTTP/1.1 whose end two readers would find at different places", () => {
  it.each([
    ["a length and chunks", "content-length: 4\r\ntransfer-encoding: chunked\r\n", `0\r\n\r\n${smuggled}`],
    ["two lengths", `content-length: ${length}\r\ncontent-length: 0\r\n`, `${message}${smuggled}`],
    ["a length of two numbers", `content-length: ${length}, 0\r\n`, `${message}${smuggled}`],
    ["a length with a sign", `content-length: +${length}\r\n`, `${message}${smuggled}`],
    ["chunks within another coding", "transfer-encoding: chunked, identity\r\n", `0\r\n\r\n${smuggled}`],
    ["a field that ends with LF alone", `x-a: 1\ncontent-length: ${length}\r\n`, `${message}${smuggled}`],
    [
      "a field that is folded",
      `x-a: 1\r\n content-length: 0\r\ncontent-length: ${length}\r\n`,
      `${message}${smuggled}`,
    ],
    ["a space before the colon", `content-length : ${length}\r\n`, `${message}${smuggled}`],
    ["a CR within a value", `x-a: 1\rcontent-length: 0\r\n`, `${message}${smuggled}`],
  ])("is refused with %s, and its connection closed", async (_name, lines, body) => {
    const before = upstream.requests.length;
    using socket = await openRawSocket(gateway.port);
    socket.write(call(gateway.port, lines, body));
    const answer = await socket.closed();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(upstream.requests.slice(before).flat()).not.toContain("/a.B/Smuggled");
  });

  it("serves two that stand behind each other in one piece, each by itself", async () => {
    const before = upstream.requests.length;
    using socket = await openRawSocket(gateway.port);
    const one = Buffer.from(call(gateway.port, `content-length: ${length}\r\n`, message));
    const last = Buffer.from(call(gateway.port, `content-length: ${length}\r\nconnection: close\r\n`, message));
    socket.write(Buffer.concat([one, last]));
    expect((await socket.closed()).match(/^grpc-status: 0\r$/gim)).toHaveLength(2);
    expect(upstream.requests.length - before).toBe(2);
  });
});
