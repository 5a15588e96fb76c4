import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp, type TestApp } from "../testing/start-test-app.ts";
import { openWebSocket } from "../testing/websocket-client.ts";

const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const starts = ["", "GET ", "POST /Greeter/SayHello HTTP/1.1\r\n", preface, `${preface}\0\0\0\x04\0\0\0\0\0`];

describe("bytes that make no sense", () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startTestApp({ flags: ["--headers-timeout", "30ms", "--idle-timeout", "30ms"] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const stillServes = async () => expect((await fetch(`${server.baseUrl}/healthz`)).status).toBe(200);

  it("end their connection, and the server goes on", async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), bytes, async (start, noise) => {
        using socket = await openRawSocket(server.port);
        socket.write(Buffer.concat([Buffer.from(start, "latin1"), noise]));
        await socket.closed();
      }),
      { numRuns: 40 },
    );
    await stillServes();
  });

  it("in WebSocket messages end their call with a status, and the server goes on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), fc.boolean(), async (noise, opened) => {
        await using client = await openWebSocket(server.baseUrl, "/gateway/local/Greeter/SayHello");
        if (opened) {
          client.open();
        }
        client.sendRaw(noise);
        client.sendRaw(Uint8Array.of(0));
        const { trailer } = await client.ended();
        expect(trailer.get("grpc-status")).toMatch(/^[1-9]\d?$/);
      }),
      { numRuns: 60 },
    );
    await stillServes();
  });
});
