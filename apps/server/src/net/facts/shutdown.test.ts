import { once } from "node:events";
import { websocketSubprotocol } from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { textEnvelope } from "../../testing/envelope.ts";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, describeFrame, flags, frameTypes } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startTestApp } from "../../testing/start-test-app.ts";
import { answerText, wireStatus } from "../../testing/wire-status.ts";

const goaway = ({ type }: { readonly type: number }) => type === frameTypes.goaway;

describe("a server that drains", () => {
  it("sends an idle HTTP/2 connection a GOAWAY without an error, and closes it", async () => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: "/Greeter/SayHello", body: textEnvelope("a") });
    await client.ended(1);
    await server.app.drain();
    expect(describeFrame(await client.received(goaway))).toBe("GOAWAY 0");
    await client.closed();
  });

  it("ends a running stream with trailers of UNAVAILABLE, then its connection", async () => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: "/test.demo/TestClientRecvStream", body: textEnvelope("a") });
    await client.received(({ payload }) => payload.includes("send 1"));
    const drained = server.app.drain();
    const frames = await client.ended(1);
    expect(frames.map(describeFrame)).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM"]);
    expect(wireStatus(answerText(frames))).toBe("UNAVAILABLE");
    expect(describeFrame(await client.received(goaway))).toBe("GOAWAY 0");
    await drained;
    await client.closed();
  });

  it("lets a call go on that was begun before, on a connection that takes no more", async () => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: "/Greeter/SayHello" });
    await client.call(3, { path: "/Greeter/SayHello", body: textEnvelope("a") });
    await client.ended(3);
    const drained = server.app.drain();
    await client.received(goaway);
    await client.write(dataFrame(1, textEnvelope("late"), flags.endStream));
    expect(answerText(await client.ended(1))).toContain("Hello, late!");
    await drained;
  });

  it("ends WebSockets, even one that answers no close", async () => {
    await using server = await startTestApp({ flags: ["--shutdown-grace", "50ms"] });
    const url = `${server.baseUrl.replace("http", "ws")}/gateway/local/Greeter/SayHello`;
    const socket = new WebSocket(url, [websocketSubprotocol]);
    await once(socket, "open");
    // It reads nothing any more, so neither a close frame nor the end of the connection is answered.
    socket.pause();
    await server.app.drain();
    socket.terminate();
    expect(await fetch(server.baseUrl).catch(() => "gone")).toBe("gone");
  });

  it.each([
    ["says nothing", ""],
    ["has sent half a preface", "PRI * HT"],
    ["has sent half a header", "POST /Greeter/SayHello HTTP/1.1\r\nhost"],
    ["has sent half a body", "POST /Greeter/SayHello HTTP/1.1\r\nhost: localhost:PORT\r\ncontent-length: 9\r\n\r\n{"],
    ["has sent a preface alone", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ])("waits no longer than its grace for a connection that %s", async (_name, bytes) => {
    await using server = await startTestApp({ flags: ["--shutdown-grace", "50ms"] });
    using socket = await openRawSocket(server.port);
    socket.write(bytes.replace("PORT", String(server.port)));
    await fetch(`${server.baseUrl}/healthz`);
    const start = performance.now();
    await server.app.drain();
    await socket.closed();
    expect(performance.now() - start).toBeLessThan(2_500);
  });
});
