import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textEnvelope } from "../../testing/envelope.ts";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, flags, frameTypes } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { type ServerProcess, startServerProcess } from "../../testing/server-process.ts";
import { answerText, wireStatus } from "../../testing/wire-status.ts";

/** The prefix of a message of 4 GiB less one byte, and nothing of the message. */
const prefix = Buffer.of(0, 255, 255, 255, 255);

/** The most that the server may grow by for all of them, in bytes; one message alone would take 4 GiB. */
const mostGrowth = 64 * 1024 * 1024;

const calls = [
  ["application/grpc", "/Greeter/SayHello"],
  ["application/grpc", "/test.demo/TestClientSendStream"],
  ["application/grpc-web", "/Greeter/SayHello"],
  ["application/grpc-web", "/test.demo/TestClientSendStream"],
  ["application/connect+proto", "/test.demo/TestClientRecvStream"],
  ["application/connect+proto", "/test.demo/TestClientSendStream"],
] as const;

describe("a declared length of 4 GiB", () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServerProcess();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(calls)("is refused from its five bytes over HTTP/2, and the connection goes on: %s %s", async (...call) => {
    const [contentType, path] = call;
    using client = await openHttp2Client(server.port);
    const { rss } = await server.measure();
    for (const [stream, flag] of [
      [1, flags.none],
      [3, flags.endStream],
    ] as const) {
      await client.call(stream, { path, contentType });
      await client.write(dataFrame(stream, prefix, flag));
      expect(wireStatus(answerText(await client.ended(stream)))).toBe("RESOURCE_EXHAUSTED");
    }
    await client.call(5, { path: "/Greeter/SayHello", body: textEnvelope("x") });
    expect(answerText(await client.ended(5))).toContain("Hello, x!");
    expect(client.frames.some(({ type }) => type === frameTypes.goaway)).toBe(false);
    expect((await server.measure()).rss - rss).toBeLessThan(mostGrowth);
  });

  it.each(calls.slice(2))("is refused from its five bytes over HTTP/1.1: %s %s", async (contentType, path) => {
    const { rss } = await server.measure();
    for (const length of ["content-length: 4294967300", "transfer-encoding: chunked"]) {
      using socket = await openRawSocket(server.port);
      const head = [`POST ${path} HTTP/1.1`, `host: localhost:${server.port}`, `content-type: ${contentType}`, length];
      socket.write(`${head.join("\r\n")}\r\n\r\n${length.includes("chunked") ? "5\r\n" : ""}`);
      socket.write(prefix);
      socket.write(length.includes("chunked") ? "\r\n" : "");
      const answer = await socket.received(contentType.includes("connect") ? '"code":' : "grpc-status: ");
      expect(wireStatus(answer)).toBe("RESOURCE_EXHAUSTED");
    }
    expect((await server.measure()).rss - rss).toBeLessThan(mostGrowth);
  });
});
