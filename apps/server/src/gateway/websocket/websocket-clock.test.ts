import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";
import { openWebSocket } from "../../testing/websocket-client.ts";

const pingIntervalMs = 30_000;
const twentyMinutes = 40;

describe("a stream over WebSocket", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("goes on for twenty minutes, though a request may take one", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.pipe(stream);
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openWebSocket(`http://127.0.0.1:${gateway.port}`, "/gateway/t/test.Service/Method");
    client.open();
    await client.nextBlock("headers");
    for (let passed = 0; passed < twentyMinutes; passed++) {
      vi.advanceTimersByTime(pingIntervalMs);
      // The answer to the ping stands before the second message.
      for (const text of ["a", "b"]) {
        client.sendJson(text);
        expect(await client.nextJson()).toBe(text);
      }
    }
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });
});
