import { once } from "node:events";
import { createServer as createHttp1, type Server as Http1Server } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { describeFrame, frameTypes } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

describe("closeAllConnections() of Node", () => {
  it("leaves upgraded WebSockets open", async () => {
    const server = createHttp1();
    const endpoint = new WebSocketServer({ server });
    const port = await listen(server);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const [[accepted]] = await Promise.all([once(endpoint, "connection"), once(socket, "open")]);
    const connected = once(server, "connection");
    using plain = await openRawSocket(port);
    await connected;
    server.closeAllConnections();
    await plain.closed();
    accepted.send("still here");
    expect(String((await once(socket, "message"))[0])).toBe("still here");
    socket.terminate();
    server.close();
    await once(server, "close");
  });
});

/** A server of Node's that never listens, behind one that does. */
async function listenBefore(http1: Http1Server): Promise<{ readonly port: number; close(): void }> {
  const front = createServer((socket) => http1.emit("connection", socket));
  return { port: await listen(front), close: () => void front.close() };
}

describe("the timeouts of an http.Server that never listens", () => {
  it.each([
    ["a half-sent header", "GET / HTTP/1.1\r\nx: "],
    ["silence", ""],
    ["a half-sent body", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{"],
  ])("do not end %s unless it is told that it listens", async (_name, bytes) => {
    const limits = { headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 20 };
    const told = createHttp1(limits);
    const untold = createHttp1(limits);
    told.emit("listening");
    const ports = [await listenBefore(told), await listenBefore(untold)] as const;
    using ended = await openRawSocket(ports[0].port);
    using kept = await openRawSocket(ports[1].port);
    let isKept = true;
    void kept.closed().then(() => {
      isKept = false;
    });
    for (const socket of [kept, ended]) {
      socket.write(bytes);
    }
    await ended.closed();
    expect(isKept).toBe(true);
    for (const server of [...ports, told, untold]) {
      server.close();
    }
  });
});

describe("close() of Node's HTTP/2 server", () => {
  it("sends idle sessions a GOAWAY without an error, and finishes", async () => {
    const server = createHttp2();
    using client = await openHttp2Client(await listen(server));
    await client.received(({ type, flags }) => type === frameTypes.settings && flags === 1);
    const closed = once(server, "close");
    server.close();
    expect(describeFrame(await client.received(({ type }) => type === frameTypes.goaway))).toBe("GOAWAY 0");
    await closed;
    await client.closed();
  });
});
