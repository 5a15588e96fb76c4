import { connect } from "node:tls";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp } from "../testing/start-test-app.ts";
import { strangerCertificate, testCertificate } from "../testing/test-certificate.ts";

const nodeOptions = { ca: testCertificate.cert };

describe("the port with TLS", () => {
  it("serves gRPC by ALPN h2", async () => {
    await using server = await startTestApp({ tls: testCertificate });
    const client = createClient(Greeter, createGrpcTransport({ baseUrl: server.baseUrl, nodeOptions }));
    expect((await client.sayHello({ name: "tls" })).message).toBe("Hello, tls!");
  });

  it("serves Connect over HTTP/1.1", async () => {
    await using server = await startTestApp({ tls: testCertificate });
    const transport = createConnectTransport({
      baseUrl: server.baseUrl,
      httpVersion: "1.1",
      nodeOptions: { ...nodeOptions, agent: false },
    });
    expect((await createClient(Greeter, transport).sayHello({ name: "tls" })).message).toBe("Hello, tls!");
  });

  it("serves a client without ALPN over HTTP/1.1", async () => {
    await using server = await startTestApp({ tls: testCertificate });
    const socket = connect({ host: "127.0.0.1", port: server.port, ...nodeOptions });
    socket.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\nconnection: close\r\n\r\n`);
    let answer = "";
    for await (const chunk of socket) {
      answer += chunk;
    }
    expect(socket.alpnProtocol).toBe(false);
    expect(answer).toContain("200 OK");
  });

  it("closes a connection that does not begin a handshake", async () => {
    await using server = await startTestApp({ tls: testCertificate });
    using socket = await openRawSocket(server.port);
    socket.write("GET / HTTP/1.1\r\n\r\n");
    await socket.closed();
  });

  it("closes a connection that says nothing after the handshake", async () => {
    await using server = await startTestApp({ tls: testCertificate, flags: ["--headers-timeout", "50ms"] });
    const socket = connect({ host: "127.0.0.1", port: server.port, ...nodeOptions });
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    socket.resume();
    await new Promise((resolve) => socket.once("close", resolve));
  });

  it("closes a connection that stops within the handshake", async () => {
    await using server = await startTestApp({ tls: testCertificate, flags: ["--headers-timeout", "50ms"] });
    using socket = await openRawSocket(server.port);
    socket.write(Uint8Array.of(0x16, 3, 1));
    await socket.closed();
  });
});

describe("the port with TLS that asks for a client's certificate", () => {
  const tls = { ...testCertificate, clientCa: testCertificate.cert };

  it.each(["h2", "http/1.1"])("serves a client whose certificate is signed as it wants, over %s", async (protocol) => {
    await using server = await startTestApp({ tls });
    const transport = createConnectTransport({
      baseUrl: server.baseUrl,
      nodeOptions: { ...nodeOptions, ...testCertificate },
      ...(protocol === "h2" ? { httpVersion: "2" } : { httpVersion: "1.1", agent: false }),
    });
    expect((await createClient(Greeter, transport).sayHello({ name: "tls" })).message).toBe("Hello, tls!");
  });

  it.each([
    ["shows no certificate", {}],
    ["shows one that a stranger signed", strangerCertificate],
  ])("refuses a client that %s", async (_name, own) => {
    await using server = await startTestApp({ tls });
    const socket = connect({ host: "127.0.0.1", port: server.port, ...nodeOptions, ...own });
    socket.write(`GET /healthz HTTP/1.1\r\nhost: localhost:${server.port}\r\n\r\n`);
    const received: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => received.push(chunk));
    // One is closed with an alert, and the other without.
    socket.on("error", () => {});
    await new Promise((resolve) => socket.once("close", resolve));
    expect(received).toEqual([]);
  });
});
