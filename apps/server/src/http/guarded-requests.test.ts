import { connect } from "node:http2";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp } from "../testing/start-test-app.ts";

const json = { "content-type": "application/json" };

/** Sends one HTTP/1.1 request as it is written and resolves with the whole answer. */
async function send(port: number, lines: readonly string[], body = ""): Promise<string> {
  using socket = await openRawSocket(port);
  const head = [...lines, "connection: close", `content-length: ${body.length}`];
  socket.write(`${head.join("\r\n").replaceAll("PORT", String(port))}\r\n\r\n${body}`);
  return await socket.closed();
}

describe("the host of a request", () => {
  it.each(["localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "LOCALHOST:PORT"])("may be %s", async (host) => {
    await using server = await startTestApp();
    expect(await send(server.port, ["GET /healthz HTTP/1.1", `host: ${host}`])).toContain("200 OK");
  });

  it.each(["evil.example:PORT", "evil.example", "localhost", "localhost:1", "localhost:PORT.evil.example", ""])(
    "may not be %s",
    async (host) => {
      await using server = await startTestApp();
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const answer = await send(server.port, [`${method} /healthz HTTP/1.1`, `host: ${host}`]);
        expect(answer).toContain("421 Misdirected Request");
        expect(answer).toContain("--allow-host");
      }
    },
  );

  it("may be one that was allowed, at any port or its own", async () => {
    await using server = await startTestApp({ flags: ["--allow-host", "a.example", "--allow-host", "b.example:99"] });
    for (const host of ["a.example", "a.example:1", "b.example:99"]) {
      expect(await send(server.port, ["GET /healthz HTTP/1.1", `host: ${host}`])).toContain("200 OK");
    }
    expect(await send(server.port, ["GET /healthz HTTP/1.1", "host: b.example"])).toContain("421 ");
  });

  it.each([
    ["missing", ["GET / HTTP/1.1"]],
    ["there twice", ["GET / HTTP/1.1", "host: localhost:PORT", "host: localhost:PORT"]],
    ["in the target", ["GET http://localhost:PORT/ HTTP/1.1", "host: localhost:PORT"]],
    ["in the target without a scheme", ["GET //evil.example/ HTTP/1.1", "host: localhost:PORT"]],
  ])("may not be %s", async (_name, lines) => {
    await using server = await startTestApp();
    expect(await send(server.port, lines)).toContain("400 Bad Request");
  });

  it("is checked before a handshake", async () => {
    await using server = await startTestApp();
    const lines = [
      "GET /gateway/local/a/B HTTP/1.1",
      "host: evil.example",
      "upgrade: websocket",
      "connection: upgrade",
    ];
    using socket = await openRawSocket(server.port);
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    expect(await socket.closed()).toContain("421 Misdirected Request");
  });

  it("gets PERMISSION_DENIED in gRPC where it is foreign", async () => {
    await using server = await startTestApp();
    const session = connect(server.baseUrl);
    const stream = session.request({
      ":method": "POST",
      ":path": "/Greeter/SayHello",
      ":authority": "evil.example",
      "content-type": "application/grpc",
    });
    stream.end().resume();
    const headers = await new Promise<Record<string, unknown>>((resolve) => stream.once("response", resolve));
    session.destroy();
    expect(headers).toMatchObject({ ":status": 200, "grpc-status": "7", "content-type": "application/grpc" });
  });
});

describe("the origin of a request", () => {
  it.each(["https://evil.example", "null", "http://localhost:1", "file://"])("may not be %s", async (origin) => {
    await using server = await startTestApp();
    const response = await fetch(`${server.baseUrl}/Greeter/SayHello`, {
      method: "POST",
      body: "{}",
      headers: { ...json, origin },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await response.json()).toMatchObject({ code: "permission_denied" });
  });

  it("may not be one that equals a foreign host", async () => {
    await using server = await startTestApp();
    const lines = ["POST /Greeter/SayHello HTTP/1.1", "host: evil.example", "origin: http://evil.example"];
    expect(await send(server.port, [...lines, "content-type: application/json"], "{}")).toContain("421 ");
  });

  it("may be the server's own or one that was allowed, and is told so on errors too", async () => {
    await using server = await startTestApp({ flags: ["--allow-origin", "https://app.example"] });
    for (const origin of [server.baseUrl, `http://localhost:${server.port}`, "https://app.example"]) {
      for (const [path, status] of [
        ["SayHello", 200],
        ["Nope", 404],
      ] as const) {
        const response = await fetch(`${server.baseUrl}/Greeter/${path}`, {
          method: "POST",
          body: "{}",
          headers: { ...json, origin },
        });
        expect(response.status).toBe(status);
        expect(response.headers.get("access-control-allow-origin")).toBe(origin);
        expect(response.headers.get("vary")).toContain("origin");
        expect(response.headers.get("access-control-expose-headers")).toContain("grpc-status");
      }
    }
  });

  it("must be told by a call from another site", async () => {
    await using server = await startTestApp();
    const lines = ["POST /Greeter/SayHello HTTP/1.1", "host: localhost:PORT", "sec-fetch-site: cross-site"];
    expect(await send(server.port, [...lines, "content-type: application/json"], "{}")).toContain("403 Forbidden");
  });

  it("need not be told by a link from another site", async () => {
    await using server = await startTestApp();
    const lines = ["GET /healthz HTTP/1.1", "host: localhost:PORT", "sec-fetch-site: cross-site"];
    expect(await send(server.port, lines)).toContain("200 OK");
  });
});

describe("a preflight", () => {
  const ask = (url: string, origin: string) =>
    fetch(`${url}/Greeter/SayHello`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-custom,x-switchboard-token",
      },
    });

  it("is answered for an allowed origin, with the metadata it asks for", async () => {
    await using server = await startTestApp({ flags: ["--allow-origin", "https://app.example", "--token", "t"] });
    const { status, headers } = await ask(server.baseUrl, "https://app.example");
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    for (const name of ["content-type", "x-custom", "authorization", "x-switchboard-token", "x-grpc-web"]) {
      expect(headers.get("access-control-allow-headers")?.split(", ")).toContain(name);
    }
    expect(headers.get("access-control-max-age")).toBe("7200");
    expect(headers.get("vary")).toContain("access-control-request-headers");
  });

  it("is refused for a foreign origin", async () => {
    await using server = await startTestApp();
    const { status, headers } = await ask(server.baseUrl, "https://evil.example");
    expect(status).toBe(403);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("an upgrade to HTTP/2", () => {
  it("is answered as if it had not been asked for", async () => {
    await using server = await startTestApp();
    const lines = ["GET /healthz HTTP/1.1", "host: localhost:PORT", "upgrade: h2c", "http2-settings: AAMAAABk"];
    expect(await send(server.port, lines)).toContain("200 OK");
  });
});

describe("a base path", () => {
  it("leads to the services and leaves them at the root", async () => {
    await using server = await startTestApp({ flags: ["--base-path", "/tools/sb"] });
    for (const baseUrl of [server.baseUrl, new URL(server.baseUrl).origin]) {
      const client = createClient(Greeter, createConnectTransport({ baseUrl, httpVersion: "1.1" }));
      expect((await client.sayHello({ name: "b" })).message).toBe("Hello, b!");
    }
  });
});

describe("the gateway's address over HTTP", () => {
  it("is the same call for the local target", async () => {
    await using server = await startTestApp();
    const baseUrl = `${server.baseUrl}/gateway/local`;
    const client = createClient(Greeter, createConnectTransport({ baseUrl, httpVersion: "1.1" }));
    expect((await client.sayHello({ name: "g" })).message).toBe("Hello, g!");
  });

  it("is NOT_FOUND for another target", async () => {
    await using server = await startTestApp();
    const response = await fetch(`${server.baseUrl}/gateway/other/Greeter/SayHello`, {
      method: "POST",
      body: "{}",
      headers: json,
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      code: "not_found",
      message: 'there is no target "other"; there is local',
    });
  });
});
