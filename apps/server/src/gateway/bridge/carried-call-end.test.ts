import { once } from "node:events";
import { connect } from "node:http2";
import { Code } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { describe, expect, it } from "vitest";
import { callWeb, openWeb, readWeb } from "../../testing/call-web.ts";
import { startDrivenClock } from "../../testing/driven-clock.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import { firstStream, grpcHead, grpcTrailers, startFrameUpstream } from "../../testing/frame-upstream.ts";
import { dataFrame, errorCodeOf, errorCodes, flags, frameTypes, type Http2Frame } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

const isReset = ({ type }: Http2Frame) => type === frameTypes.reset;
const endsStream = ({ type, flags: set }: Http2Frame) => type === frameTypes.data && (set & flags.endStream) !== 0;

/** Starts a server that sends each request's body back. */
function startEcho() {
  return startHttp2Upstream((stream) => {
    stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.pipe(stream);
  });
}

describe("the end of a call", () => {
  it("is UNAVAILABLE where the server's connection breaks, behind what came before", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.write(textEnvelope("a"), () => setImmediate(() => stream.session?.destroy()));
    });
    await using gateway = await startGateway(upstream.port);
    for (let i = 0; i < 2; i++) {
      const answer = await callWeb(gateway.port);
      expect(answer.messages).toHaveLength(1);
      expect(answer.trailers).toMatch(/^grpc-status: 14\r\n/);
      expect(answer.trailers).toContain("x-switchboard-ended-by: upstream\r\n");
    }
  });

  it("cancels it at the server where the client goes away", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    using socket = await openRawSocket(gateway.port);
    const body = textEnvelope("a");
    const head = `host: localhost:${gateway.port}\r\ncontent-type: application/grpc-web\r\ncontent-length: ${body.byteLength}`;
    socket.write(`POST /gateway/t/a.B/C HTTP/1.1\r\n${head}\r\n\r\n`);
    socket.write(body);
    await upstream.received(endsStream);
    await upstream.write(grpcHead());
    await socket.received("200 OK");
    socket[Symbol.dispose]();
    expect(errorCodeOf(await upstream.received(isReset))).toBe(errorCodes.cancel);
    expect(await gateway.line()).toMatchObject({ status: "CANCELLED", endedBy: "client", target: "t" });
  });

  it.each(["before the server's head", "after it"])("is the gateway's at the deadline, %s", async (when) => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    using clock = startDrivenClock();
    const opening = openWeb(gateway.port, { fields: ["grpc-timeout", "60S"] });
    const timeout = (await upstream.head()).fields?.get("grpc-timeout");
    expect(timeout).toBe("60000m");
    if (when === "after it") {
      await upstream.write(grpcHead(), dataFrame(firstStream, textEnvelope("a")));
      await opening;
    }
    clock.advance(59_999);
    expect(gateway.lines).toEqual([]);
    clock.advance(1);
    const answer = await readWeb(await opening);
    const told = answer.trailers ?? answer.fields.join(": ");
    expect(told).toContain(`grpc-status: ${Code.DeadlineExceeded}`);
    expect(told).toContain("x-switchboard-ended-by: gateway");
    expect(errorCodeOf(await upstream.received(isReset))).toBe(errorCodes.cancel);
    expect(await gateway.line()).toMatchObject({ status: "DEADLINE_EXCEEDED", endedBy: "gateway" });
  });

  it("is DEADLINE_EXCEEDED where the server says after the deadline that it was cancelled", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    using clock = startDrivenClock();
    const opening = openWeb(gateway.port, { fields: ["grpc-timeout", "60S"] });
    await upstream.head();
    clock.pass(60_000);
    await upstream.write(grpcHead(), grpcTrailers(["grpc-status", "1"]));
    const { trailers } = await readWeb(await opening);
    expect(trailers).toContain(`grpc-status: ${Code.DeadlineExceeded}\r\n`);
  });

  it("is at the target's deadline where the client has none", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { defaultDeadlineMs: 5_000 });
    using clock = startDrivenClock();
    const answering = callWeb(gateway.port);
    expect((await upstream.head()).fields?.get("grpc-timeout")).toBe("5000m");
    clock.advance(5_000);
    expect((await answering).headers["grpc-status"]).toBe(`${Code.DeadlineExceeded}`);
  });

  it.each([
    ["15000000.5m", /^\d{8}m$/],
    ["100000000m", /^\d{1,8}[mS]$/],
    ["Infinitym", /^undefined$/],
  ])("is told to the server anew where the client wrote %s", async (value, wanted) => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    await callWeb(gateway.port, { fields: ["grpc-timeout", value] });
    const sent = upstream.requests[0] ?? [];
    const at = sent.indexOf("grpc-timeout");
    expect(`${at === -1 ? undefined : sent[at + 1]}`).toMatch(wanted);
  });

  it.each([
    [["grpc-timeout", "1S", "grpc-timeout", "2S"], Code.InvalidArgument],
    [["grpc-timeout", "soon"], Code.InvalidArgument],
    [["grpc-timeout", "0S"], Code.DeadlineExceeded],
  ])("is at once with %j", async (fields, code) => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    expect((await callWeb(gateway.port, { fields })).headers["grpc-status"]).toBe(`${code}`);
    expect(upstream.requests).toEqual([]);
  });

  it("counts the time that the target is asked what it speaks", async () => {
    const asked = Promise.withResolvers<void>();
    await using gateway = await startGateway(1, {
      wires: undefined,
      learnWires() {
        asked.resolve();
        return new Promise(() => {});
      },
    });
    using clock = startDrivenClock();
    const answering = callWeb(gateway.port, { fields: ["grpc-timeout", "60S"] });
    await asked.promise;
    clock.advance(60_000);
    expect((await answering).headers["grpc-status"]).toBe(`${Code.DeadlineExceeded}`);
  });

  it("leaves the call to a target that was asked what it speaks", async () => {
    await using upstream = await startEcho();
    const wires = new Set(["grpc"] as const);
    await using gateway = await startGateway(upstream.port, {
      wires: undefined,
      learnWires: () => Promise.resolve(wires),
    });
    expect((await callWeb(gateway.port)).trailers).toBe("grpc-status: 0\r\n");
  });
});

describe("a client that doesn't read", () => {
  const chunk = encodeEnvelope(0, new Uint8Array(65_536));
  const chunks = 512;

  /** Opens a long stream of which nothing is read yet. */
  const clients = {
    "HTTP/1.1": (port: number) => openWeb(port, { path: "/gateway/t/a.B/Long" }),
    "HTTP/2": async (port: number) => {
      const session = connect(`http://127.0.0.1:${port}`);
      const fields = { ":method": "POST", ":path": "/gateway/t/a.B/Long", "content-type": "application/grpc" };
      const stream = session.request(fields);
      stream.end(textEnvelope("a"));
      stream.once("close", () => session.close());
      await once(stream, "response");
      return stream;
    },
  };

  it.each(["HTTP/1.1", "HTTP/2"] as const)(
    "over %s holds the server alone, and gets all when it reads",
    async (version) => {
      let sent = 0;
      await using upstream = await startHttp2Upstream((stream, rawHeaders) => {
        stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
        stream.resume();
        const send = () => {
          while (sent < chunks) {
            sent++;
            if (!stream.write(chunk)) {
              stream.once("drain", send);
              return;
            }
          }
          stream.end();
        };
        if (rawHeaders.includes("/a.B/Long")) {
          send();
        } else {
          stream.end();
        }
      });
      await using gateway = await startGateway(upstream.port);
      const response = await clients[version](gateway.port);
      for (let before = -1; before !== sent; ) {
        before = sent;
        for (let i = 0; i < 5; i++) {
          expect((await callWeb(gateway.port)).trailers).toBe("grpc-status: 0\r\n");
        }
      }
      // What is on its way fills the windows and buffers of two connections, and no more.
      expect(sent).toBeLessThan(chunks / 2);
      let bytes = 0;
      response.on("data", (piece: Buffer) => {
        bytes += piece.byteLength;
      });
      await once(response, "end");
      expect(bytes).toBeGreaterThanOrEqual(chunks * chunk.byteLength);
    },
  );
});
