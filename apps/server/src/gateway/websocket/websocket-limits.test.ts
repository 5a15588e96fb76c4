import { constants, type ServerHttp2Stream } from "node:http2";
import { initialCredit, type WebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import {
  carriedMessage,
  grpcHead,
  headersOf,
  nextData,
  nextFields,
  openCarriedCall,
  succeed,
  valuesOf,
} from "../../testing/carried-socket.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

describe("the deadline of a call over WebSocket", () => {
  it("ends the call by the gateway, and cancels that of a silent server", async () => {
    const reset = Promise.withResolvers<number>();
    await using upstream = await startHttp2Upstream((stream) => {
      stream.resume().once("close", () => reset.resolve(stream.rstCode));
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    const started = performance.now();
    client.sendFrame(headersOf("grpc-timeout", "50m"));
    const { trailer } = await client.ended();
    const took = performance.now() - started;
    expect(trailer.get("grpc-status")).toBe("4");
    expect(trailer.get("x-switchboard-ended-by")).toBe("gateway");
    expect(took).toBeGreaterThanOrEqual(49);
    expect(await reset.promise).toBe(constants.NGHTTP2_CANCEL);
    expect(await gateway.line()).toMatchObject({ status: "DEADLINE_EXCEEDED", endedBy: "gateway" });
  });

  it("ends a call whose client doesn't read", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.end(Buffer.alloc(2 * initialCredit));
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf("grpc-timeout", "200m"));
    expect((await client.ended()).trailer.get("grpc-status")).toBe("4");
  });

  it.each([
    ["1.5m", "4"],
    ["0S", "4"],
    ["20, 30", "3"],
    ["soon", "3"],
  ])("of %s ends it with %s before the server learns of it, or after it", async (timeout, status) => {
    await using upstream = await startHttp2Upstream((stream) => stream.resume());
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf("grpc-timeout", timeout));
    expect((await client.ended()).trailer.get("grpc-status")).toBe(status);
  });

  it.each(["123456789m", "Infinitym"])("of %s reaches the server in a form that the protocol has", async (timeout) => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf("grpc-timeout", timeout));
    client.sendFrame({ kind: "halfClose" });
    await client.ended();
    const [request = []] = upstream.requests;
    expect(valuesOf(request, "grpc-timeout").every((value) => /^\d{1,8}[HMSmun]$/.test(value))).toBe(true);
    expect(valuesOf(request, "grpc-timeout")).toHaveLength(timeout === "Infinitym" ? 0 : 1);
  });

  it("is the target's where the client has none", async () => {
    await using upstream = await startHttp2Upstream((stream) => stream.resume());
    await using gateway = await startGateway(upstream.port, { defaultDeadlineMs: 30 });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    expect((await client.ended()).trailer.get("grpc-status")).toBe("4");
  });
});

describe("a call over WebSocket whose peer doesn't read", () => {
  it("holds the server back while the client gives no credit, and goes on when it does", async () => {
    let written = 0;
    const total = 64 * initialCredit;
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      const piece = Buffer.concat([Buffer.of(0, 0, 0, 0x3f, 0xfb), Buffer.alloc(16_379)]);
      const write = () => {
        while (written < total) {
          written += piece.byteLength;
          if (!stream.write(piece)) {
            stream.once("drain", write);
            return;
          }
        }
        stream.end();
      };
      write();
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    let received = 0;
    while (received < initialCredit) {
      received += (await nextData(client)).byteLength;
    }
    const settled = await settle(() => written);
    expect(received).toBe(initialCredit);
    // What lies between: the windows of the connection, and a frame or two.
    expect(settled).toBeLessThan(8 * 1_048_576);
    expect(settled).toBeLessThan(total);
    client.sendFrame({ kind: "credit", bytes: total });
    let trailers: WebSocketFrame = await client.next();
    for (; trailers.kind === "data"; trailers = await client.next()) {
      received += trailers.payload.byteLength;
    }
    expect(received).toBe(written);
  });

  it("gives no credit back while the server doesn't read, and goes on when it does", async () => {
    const parked = Promise.withResolvers<ServerHttp2Stream>();
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.pause();
      parked.resolve(stream);
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 32 * initialCredit });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    const stream = await parked.promise;
    const body = Buffer.concat([Buffer.of(0, 0, 0x40, 0, 0), Buffer.alloc(0x40_0000)]);
    let isSent = false;
    const sending = client.sendBytes(body).then(() => {
      isSent = true;
    });
    await settle(() => client.sentBytes());
    expect(isSent).toBe(false);
    expect(client.sentBytes()).toBeLessThan(3 * initialCredit);
    let received = 0;
    stream.on("data", (chunk: Buffer) => {
      received += chunk.byteLength;
    });
    stream.on("end", () => stream.end()).resume();
    await sending;
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
    expect(received).toBe(body.byteLength);
  });
});

async function settle(read: () => number): Promise<number> {
  let before = -1;
  await expect
    .poll(
      () => {
        const isSame = read() === before;
        before = read();
        return isSame;
      },
      { interval: 50 },
    )
    .toBe(true);
  return before;
}

describe("the limit of a target's messages", () => {
  it("ends a call whose request has a longer one, before its bytes go on", async () => {
    let received = 0;
    await using upstream = await startHttp2Upstream((stream) => {
      stream.on("data", (chunk: Buffer) => {
        received += chunk.byteLength;
      });
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 100 });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "data", payload: Uint8Array.of(0, 0, 0, 0, 101, 1) });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("8");
    expect(trailer.get("grpc-message")).toContain("101");
    expect(trailer.get("x-switchboard-ended-by")).toBe("gateway");
    expect(received).toBe(0);
  });

  it("ends a call whose response has a longer one, behind what came before", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.write(Buffer.concat([carriedMessage, Buffer.of(0, 0, 0, 0, 101, 1)]));
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 100 });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    expect(await nextData(client)).toEqual(carriedMessage);
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("8");
    expect(trailer.get("x-switchboard-ended-by")).toBe("gateway");
    await expect.poll(() => upstream.openStreams()).toBe(0);
  });
});
