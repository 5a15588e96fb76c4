import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { encodeWebSocketFrame, initialCredit } from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startTestApp } from "../../testing/start-test-app.ts";
import { openWebSocket } from "../../testing/websocket-client.ts";

const hello = "/gateway/local/Greeter/SayHello";
const twoWay = "/gateway/local/test.demo/TestTwoWayStream";
const serverStream = "/gateway/local/test.demo/TestClientRecvStream";

describe("a call over WebSocket", () => {
  it("answers a unary call with header, message and status", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open();
    client.sendJson({ name: "ws" });
    client.sendFrame({ kind: "halfClose" });
    expect((await client.nextBlock("headers")).get("content-type")).toBe("application/grpc-web+json");
    expect(await client.nextJson()).toEqual({ message: "Hello, ws!" });
    const { trailer, closeCode } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("0");
    expect(closeCode).toBe(1000);
    expect(await server.logged({ method: "/Greeter/SayHello" })).toMatchObject({ protocol: "websocket", status: "OK" });
  });

  it("answers each message of a bidi stream before the half-close", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, twoWay);
    client.open();
    client.sendJson({ data: "a" });
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "service send client a" });
    client.sendJson({ data: "b" });
    expect(await client.nextJson()).toEqual({ result: "service send client b" });
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("answers a client stream at its eleventh message", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, "/gateway/local/test.demo/TestClientSendStream");
    client.open();
    for (let i = 0; i < 11; i++) {
      client.sendJson({ data: String(i) });
    }
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "ok" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("ends with CANCELLED at a cancel frame", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, serverStream);
    client.open();
    client.sendJson({ data: "x" });
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    client.sendFrame({ kind: "cancel", payload: new Uint8Array() });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("1");
    expect((await server.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
  });

  it("stops the stream when the socket drops", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, serverStream);
    client.open();
    client.sendJson({ data: "x" });
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    const left = performance.now();
    client.terminate();
    expect((await server.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
    expect(performance.now() - left).toBeLessThan(1_000);
  });

  it("ends with DEADLINE_EXCEEDED when the deadline passes", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, twoWay);
    client.open({ "grpc-timeout": "30m" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("4");
  });

  it("ends with UNIMPLEMENTED for an unknown method", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, "/gateway/local/Greeter/Nope");
    client.open();
    const { trailer, closeCode } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("12");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("/Greeter/Nope");
    expect(closeCode).toBe(1000);
  });

  it("ends with NOT_FOUND for an unknown target, naming those there are", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, "/gateway/nowhere/Greeter/SayHello");
    client.open();
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("5");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toBe('there is no target "nowhere"; there is local');
  });

  it.each([
    ["an unknown kind", Uint8Array.of(99)],
    ["an empty frame", new Uint8Array()],
    ["a credit of nothing", Uint8Array.of(5, 0, 0, 0, 0)],
    ["trailers", encodeWebSocketFrame({ kind: "trailers", payload: new Uint8Array() })],
    ["a second header", encodeWebSocketFrame({ kind: "headers", payload: new Uint8Array() })],
    ["a text message", "text"],
  ])("ends this call alone at %s", async (_name, frame) => {
    await using server = await startTestApp();
    await using other = await openWebSocket(server.baseUrl, twoWay);
    await using client = await openWebSocket(server.baseUrl, twoWay);
    other.open();
    client.open();
    client.sendRaw(frame);
    const { trailer, closeCode } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("13");
    expect(closeCode).toBe(1002);
    other.sendJson({ data: "still here" });
    await other.nextBlock("headers");
    expect(await other.nextJson()).toEqual({ result: "service send client still here" });
  });

  it("ends with INTERNAL at data after the half-close", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open();
    client.sendFrame({ kind: "halfClose" });
    client.sendJson({});
    expect((await client.ended()).closeCode).toBe(1002);
  });

  it("refuses a message of 4 GiB by its length alone", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open();
    client.sendFrame({ kind: "data", payload: Uint8Array.of(0, 255, 255, 255, 255) });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("8");
  });

  it("takes a message larger than the credit window", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, "/gateway/local/test.demo/TestClientSendStream");
    client.open();
    const json = new TextEncoder().encode(JSON.stringify({ data: "d".repeat(3 * initialCredit) }));
    await client.sendBytes(encodeEnvelope(0, json));
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "ok" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("refuses a message over the limit", async () => {
    await using server = await startTestApp({ flags: ["--max-message-bytes", "100"] });
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open();
    client.sendJson({ name: "n".repeat(100) });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("8");
    expect(trailer.get("grpc-message")).toContain("100");
  });

  it("sends nothing beyond the client's credit", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, twoWay);
    client.open();
    const message = { data: "m".repeat(60_000) };
    let received = 0;
    for (let i = 0; i < 5; i++) {
      client.sendJson(message);
    }
    await client.nextBlock("headers");
    while (received < initialCredit) {
      const frame = await client.next();
      received += frame.kind === "data" ? frame.payload.byteLength : 0;
    }
    expect(received).toBe(initialCredit);
    client.sendFrame({ kind: "credit", bytes: 1_000_000 });
    const frame = await client.next();
    expect(frame.kind).toBe("data");
  });

  it("ends a call whose header does not come in time", async () => {
    await using server = await startTestApp({ flags: ["--headers-timeout", "50ms"] });
    await using client = await openWebSocket(server.baseUrl, hello);
    const { trailer, closeCode } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("4");
    expect(closeCode).toBe(1002);
  });

  it("is cancelled when the client does not answer a ping", async () => {
    await using server = await startTestApp({ flags: ["--idle-timeout", "30ms"] });
    await using client = await openWebSocket(server.baseUrl, twoWay, { autoPong: false });
    client.open();
    await expect(client.next()).rejects.toThrow("closed");
    expect((await server.logged({ method: "/test.demo/TestTwoWayStream" })).status).toBe("CANCELLED");
  });

  it("goes on as long as the client answers pings", async () => {
    await using server = await startTestApp({ flags: ["--idle-timeout", "200ms"] });
    await using client = await openWebSocket(server.baseUrl, serverStream);
    client.open();
    client.sendJson({ data: "x" });
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "send 1 x" });
    expect(await client.nextJson()).toEqual({ result: "send 2 x" });
  });

  it("goes on beyond the time that a request may take to arrive", async () => {
    await using server = await startTestApp({ flags: ["--request-timeout", "100ms", "--headers-timeout", "100ms"] });
    await using client = await openWebSocket(server.baseUrl, twoWay);
    client.open();
    client.sendJson({ data: "a" });
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "service send client a" });
    using late = await openRawSocket(server.port);
    late.write("POST / HTTP/1.1\r\nhost: localhost\r\n");
    await late.closed();
    client.sendJson({ data: "b" });
    expect(await client.nextJson()).toEqual({ result: "service send client b" });
  });

  it("refuses a content type that is not gRPC-Web's", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open({ "content-type": "text/plain" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("3");
  });
});

describe("a WebSocket handshake", () => {
  it("may come with the first frame in one piece", async () => {
    await using server = await startTestApp();
    using socket = await openRawSocket(server.port);
    const payload = Buffer.concat([Buffer.of(1), Buffer.from("content-type: text/plain\r\n")]);
    // A binary message whose mask is zero, and so changes nothing (RFC 6455, section 5.2).
    const frame = Buffer.concat([Buffer.of(0x82, 0x80 | payload.byteLength, 0, 0, 0, 0), payload]);
    const head = [
      `GET ${hello} HTTP/1.1`,
      `host: 127.0.0.1:${server.port}`,
      "connection: upgrade",
      "upgrade: websocket",
      "sec-websocket-version: 13",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol: switchboard.v1",
      "",
      "",
    ];
    socket.write(Buffer.concat([Buffer.from(head.join("\r\n")), frame]));
    expect(await socket.received("grpc-status: 3")).toContain("101 Switching Protocols");
  });

  it("is refused for another subprotocol", async () => {
    await using server = await startTestApp();
    await expect(openWebSocket(server.baseUrl, hello, { protocol: "chat" })).rejects.toThrow("HTTP 400");
  });

  it("is refused for a foreign origin", async () => {
    await using server = await startTestApp();
    await expect(openWebSocket(server.baseUrl, hello, { origin: "https://evil.example" })).rejects.toThrow("HTTP 403");
  });

  it("is refused for the origin null", async () => {
    await using server = await startTestApp();
    await expect(openWebSocket(server.baseUrl, hello, { origin: "null" })).rejects.toThrow("HTTP 403");
  });

  it("is refused outside the gateway", async () => {
    await using server = await startTestApp();
    await expect(openWebSocket(server.baseUrl, "/Greeter/SayHello")).rejects.toThrow("HTTP 404");
  });

  it("comes in from the console's own origin", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello, { origin: server.baseUrl });
    client.open();
    client.sendJson({});
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });
});

describe("the token of a call over WebSocket", () => {
  it("is taken from the header frame", async () => {
    await using server = await startTestApp({ flags: ["--token", "s3cret"] });
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open({ "x-switchboard-token": "s3cret" });
    client.sendJson({});
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("must be right", async () => {
    await using server = await startTestApp({ flags: ["--token", "s3cret"] });
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open({ "x-switchboard-token": "wrong" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("16");
  });
});

describe("a call over WebSocket to another server", () => {
  it("answers as that server does, and ends with it when this one stops", async () => {
    await using other = await startTestApp();
    await using server = await startTestApp({
      flags: ["--target", `other=${other.baseUrl}`, "--shutdown-grace", "50ms"],
    });
    await using client = await openWebSocket(server.baseUrl, "/gateway/other/test.demo/TestTwoWayStream");
    client.open();
    client.sendJson({ data: "a" });
    await client.nextBlock("headers");
    expect(await client.nextJson()).toEqual({ result: "service send client a" });
    const drained = server.app.drain();
    const { trailer, closeCode } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("14");
    expect(trailer.get("x-switchboard-ended-by")).toBe("gateway");
    expect(closeCode).toBe(1001);
    await drained;
    expect(await server.logged({ target: "other" })).toMatchObject({ status: "UNAVAILABLE", endedBy: "gateway" });
    expect(await other.logged({ method: "/test.demo/TestTwoWayStream" })).toMatchObject({ protocol: "grpc" });
  });
});

describe("the line of a call over WebSocket", () => {
  it("is written for one that never reaches this server's services", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, hello);
    client.open({ "content-type": "text/plain" });
    await client.ended();
    const line = await server.logged({ method: "/Greeter/SayHello" });
    expect(line).toMatchObject({ protocol: "websocket", status: "INVALID_ARGUMENT" });
    expect(line).not.toHaveProperty("target");
  });
});

describe("draining", () => {
  it("ends a stream over WebSocket with UNAVAILABLE and closes with 1001", async () => {
    await using server = await startTestApp();
    await using client = await openWebSocket(server.baseUrl, serverStream);
    await using unopened = await openWebSocket(server.baseUrl, serverStream);
    client.open();
    client.sendJson({ data: "x" });
    client.sendFrame({ kind: "halfClose" });
    await client.nextBlock("headers");
    const drained = server.app.drain();
    for (const each of [client, unopened]) {
      const { trailer, closeCode } = await each.ended();
      expect(trailer.get("grpc-status")).toBe("14");
      expect(closeCode).toBe(1001);
    }
    await drained;
  });
});
