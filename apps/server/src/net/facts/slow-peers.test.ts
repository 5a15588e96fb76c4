import { connect } from "node:net";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { textEnvelope, textMessage } from "../../testing/envelope.ts";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, flags, settingIds, settingsFrame, windowUpdateFrame } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startEngineServer } from "../../testing/start-engine-server.ts";
import { startTestApp } from "../../testing/start-test-app.ts";
import { answerText, wireStatus } from "../../testing/wire-status.ts";

const result = "r".repeat(100_000);

/** What a client that reads nothing lets a server send: its windows, and the buffers of Node and of both kernels. */
const mostBuffered = 16 * 1024 * 1024;

/** An engine whose server stream never ends, and a count of what it has made. */
async function startFlood() {
  const flood = { messages: 0, ended: Promise.withResolvers<void>() };
  const server = await startEngineServer((router) => {
    router.service(Greeter, { sayHello: ({ name }) => ({ message: name }) });
    router.service(demo, {
      async *testClientRecvStream() {
        try {
          for (;;) {
            flood.messages++;
            yield { result };
          }
        } finally {
          flood.ended.resolve();
        }
      },
    });
  });
  return Object.assign(server, { flood });
}

/** Resolves once a stream makes no more messages for a while of the event loop's turns. */
async function settled(flood: { readonly messages: number }): Promise<void> {
  for (let before = -1; before !== flood.messages || before === 0; ) {
    before = flood.messages;
    for (let turn = 0; turn < 200; turn++) {
      await new Promise(setImmediate);
    }
  }
}

const path = "/test.demo/TestClientRecvStream";
const streamTypes = ["application/grpc", "application/grpc-web", "application/connect+proto"];

describe("a client that does not read its endless stream", () => {
  it.each(streamTypes)("stops its making, and a call beside it is answered, over HTTP/2 in %s", async (contentType) => {
    await using server = await startFlood();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path, contentType, body: textEnvelope("a") });
    await settled(server.flood);
    expect(server.flood.messages * result.length).toBeLessThan(mostBuffered);
    // Its stream has used up the window of the connection, which is the client's to widen.
    await client.write(windowUpdateFrame(0, 65_535));
    await client.call(3, { path: "/Greeter/SayHello", body: textEnvelope("sibling") });
    expect(answerText(await client.ended(3))).toContain("sibling");
    using other = await openHttp2Client(server.port);
    await other.call(1, { path: "/Greeter/SayHello", body: textEnvelope("other") });
    expect(answerText(await other.ended(1))).toContain("other");
    expect(server.flood.messages * result.length).toBeLessThan(mostBuffered);
    client[Symbol.dispose]();
    await server.flood.ended.promise;
  });

  it("stops its making when its windows are of one byte", async () => {
    await using server = await startFlood();
    using client = await openHttp2Client(server.port, { settings: [[settingIds.initialWindowSize, 1]] });
    await client.call(1, { path, body: textEnvelope("a") });
    for (let i = 0; i < 100; i++) {
      await client.received(({ stream, payload }) => stream === 1 && payload.byteLength === 1);
      await client.write(windowUpdateFrame(1, 1));
    }
    await settled(server.flood);
    expect(server.flood.messages * result.length).toBeLessThan(mostBuffered);
    client[Symbol.dispose]();
    await server.flood.ended.promise;
  });

  it("gets none of it while its window is 0, and all of its answer once it is open", async () => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port, { settings: [[settingIds.initialWindowSize, 0]] });
    await client.call(1, { path: "/Greeter/SayHello", body: textEnvelope("a") });
    await client.received(({ stream }) => stream === 1);
    expect(client.frames.filter(({ stream }) => stream === 1)).toHaveLength(1);
    await client.write(settingsFrame([[settingIds.initialWindowSize, 65_535]]));
    expect(answerText(await client.ended(1))).toContain("Hello, a!");
  });

  it("stops its making over HTTP/1.1, and another connection is served", async () => {
    await using server = await startFlood();
    const socket = connect({ host: "127.0.0.1", port: server.port }).pause();
    const body = textEnvelope("a");
    const head = [`POST ${path} HTTP/1.1`, `host: localhost:${server.port}`, "content-type: application/grpc-web"];
    socket.write(`${head.join("\r\n")}\r\ncontent-length: ${body.byteLength}\r\n\r\n`);
    socket.write(body);
    await settled(server.flood);
    expect(server.flood.messages * result.length).toBeLessThan(mostBuffered);
    using other = await openHttp2Client(server.port);
    await other.call(1, { path: "/Greeter/SayHello", body: textEnvelope("other") });
    expect(answerText(await other.ended(1))).toContain("other");
    socket.destroy();
    await server.flood.ended.promise;
  });
});

describe("a client that sends slowly", () => {
  it.each([
    ["application/grpc", "/Greeter/SayHello", "Hello, slow!"],
    ["application/grpc-web", "/Greeter/SayHello", "Hello, slow!"],
    ["application/grpc", "/test.demo/TestTwoWayStream", "service send client slow"],
    ["application/connect+proto", "/test.demo/TestTwoWayStream", "service send client slow"],
  ])("one byte in each DATA frame, empty ones between, is answered: %s %s", async (contentType, method, answer) => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: method, contentType });
    for (const byte of textEnvelope("slow")) {
      await client.write(dataFrame(1, Buffer.of(byte)), dataFrame(1, ""));
    }
    await client.write(dataFrame(1, "", flags.endStream));
    expect(answerText(await client.ended(1))).toContain(answer);
  });

  it("byte by byte over HTTP/1.1 is answered", async () => {
    await using server = await startTestApp();
    using socket = await openRawSocket(server.port);
    const body = textMessage("slow");
    const head = `POST /Greeter/SayHello HTTP/1.1\r\nhost: localhost:${server.port}\r\ncontent-type: application/proto`;
    for (const byte of Buffer.concat([Buffer.from(`${head}\r\ncontent-length: ${body.byteLength}\r\n\r\n`), body])) {
      socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    expect(await socket.received("Hello, slow!")).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it.each([
    ["application/grpc", "/Greeter/SayHello"],
    ["application/grpc-web", path],
    ["application/connect+proto", path],
    ["application/proto", "/Greeter/SayHello"],
  ])("and never ends is answered DEADLINE_EXCEEDED after the request timeout: %s %s", async (contentType, method) => {
    await using server = await startTestApp({ flags: ["--request-timeout", "60ms"] });
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: method, contentType });
    const drip = setInterval(() => void client.write(dataFrame(1, "\0")), 10);
    const frames = await client.ended(1).finally(() => clearInterval(drip));
    expect(wireStatus(answerText(frames))).toBe("DEADLINE_EXCEEDED");
    await client.call(3, { path: "/Greeter/SayHello", body: textEnvelope("a") });
    expect(answerText(await client.ended(3))).toContain("Hello, a!");
  });
});
