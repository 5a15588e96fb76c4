import { once } from "node:events";
import { connect } from "node:http2";
import { Code } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { describe, expect, it } from "vitest";
import { callWeb, openWeb, readWeb } from "../../testing/call-web.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import { firstStream, grpcHead, grpcTrailers, startFrameUpstream } from "../../testing/frame-upstream.ts";
import { dataFrame, errorCodeOf, errorCodes, flags, frameTypes, type Http2Frame } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";
import { useDrivenClock } from "../../testing/use-driven-clock.ts";

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

describe("a request", () => {
  it("keeps its metadata in order, with the codec of the client", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const metadata = ["x-a", "1", "x-bin", "AA==,BB", "x-a", "2", "x-empty", "", "x-bin", "CC", "x-l", "\x80\xff"];
    await callWeb(gateway.port, { fields: ["content-type", "application/grpc-web+json; charset=utf-8", ...metadata] });
    const sent = upstream.requests[0] ?? [];
    expect(sent.join("|")).toContain(metadata.join("|"));
    expect(sent).toContain("application/grpc+json");
    expect(sent[sent.indexOf(":path") + 1]).toBe("/a.B/C");
    expect(sent[sent.indexOf("te") + 1]).toBe("trailers");
  });

  it("loses its query, by which nothing could pass for metadata", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    await callWeb(gateway.port, { path: "/gateway/t/a.B/C?$httpHeaders=x-a%3A1%0D%0A" });
    const sent = upstream.requests[0] ?? [];
    expect(sent[sent.indexOf(":path") + 1]).toBe("/a.B/C");
    expect(sent).not.toContain("x-a");
  });

  it("is refused by name where its metadata can't go on", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    for (const name of ["grpc-status", "x!a"]) {
      const { headers } = await callWeb(gateway.port, { fields: [name, "0"] });
      expect(headers).toMatchObject({ "grpc-status": `${Code.InvalidArgument}`, "x-switchboard-ended-by": "gateway" });
      expect(headers["grpc-message"]).toContain(`"${name}"`);
    }
    expect(upstream.requests).toEqual([]);
  });

  it("may be empty", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const answer = await callWeb(gateway.port, { body: new Uint8Array() });
    expect(answer.body.toString()).toContain("grpc-status: 0\r\n");
    expect(answer.messages).toEqual([]);
  });

  it("takes the target's own metadata in the place of the client's, and hides the server's token", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port, { token: "secret", heldFields: ["x-tenant", "held"] });
    expect((await callWeb(gateway.port)).headers["grpc-status"]).toBe(`${Code.Unauthenticated}`);
    const fields = ["authorization", "Bearer secret", "x-tenant", "mine", "cookie", "secret=1"];
    expect((await callWeb(gateway.port, { fields })).trailers).toContain("grpc-status: 0");
    const sent = upstream.requests[0]?.join("|");
    expect(sent).toContain("x-tenant|held");
    expect(sent).not.toMatch(/secret|mine/);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", undefined])(
    "is no call with the content type %s, which needs no preflight",
    async (type) => {
      await using upstream = await startEcho();
      await using gateway = await startGateway(upstream.port);
      using socket = await openRawSocket(gateway.port);
      const typed = type === undefined ? "" : `content-type: ${type}\r\n`;
      const head = `host: localhost:${gateway.port}\r\nconnection: close\r\ncontent-length: 0\r\n${typed}`;
      socket.write(`POST /gateway/t/a.B/C HTTP/1.1\r\n${head}\r\n`);
      expect(await socket.closed()).toMatch(/^HTTP\/1.1 415 /);
      expect(upstream.requests).toEqual([]);
    },
  );

  it("is no call with another method than POST", async () => {
    await using gateway = await startGateway(1);
    const url = `http://127.0.0.1:${gateway.port}/gateway/t/a.B/C`;
    const { status, headers } = await fetch(url, {
      method: "PUT",
      headers: { "content-type": "application/grpc-web" },
    });
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("is NOT_FOUND for a target that there isn't", async () => {
    await using gateway = await startGateway(1);
    const { headers } = await callWeb(gateway.port, { path: "/gateway/other/a.B/C" });
    expect(headers["grpc-status"]).toBe(`${Code.NotFound}`);
    expect(headers["grpc-message"]).toBe('there is no target "other"; there is local, t');
    expect(await gateway.line()).toMatchObject({ target: "other", status: "NOT_FOUND", endedBy: "gateway" });
  });

  it("ends where it would go in a loop", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const { headers } = await callWeb(gateway.port, { fields: ["x-switchboard-hops", "4"] });
    expect(headers["grpc-status"]).toBe(`${Code.FailedPrecondition}`);
    expect(upstream.requests).toEqual([]);
  });
});

describe("a call over HTTP/1.1", () => {
  const message = textEnvelope("hello");
  const lines = (port: number, ...more: readonly string[]) =>
    [
      "POST /gateway/t/a.B/C HTTP/1.1",
      `host: localhost:${port}`,
      "content-type: application/grpc-web+proto",
      ...more,
      "\r\n",
    ].join("\r\n");

  it("may be sent in chunks or with a length, and its connection serves the next", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    using socket = await openRawSocket(gateway.port);
    socket.write(lines(gateway.port, `content-length: ${message.byteLength}`));
    socket.write(message);
    await socket.received("grpc-status: 0\r\n");
    socket.write(lines(gateway.port, "transfer-encoding: chunked"));
    socket.write(`${message.byteLength.toString(16)}\r\n`);
    socket.write(message);
    socket.write("\r\n0\r\n\r\n");
    socket.write("GET /healthz HTTP/1.1\r\nhost: localhost:PORT\r\n\r\n".replace("PORT", `${gateway.port}`));
    expect((await socket.received('{"status":"ok"}')).match(/grpc-status: 0/g)).toHaveLength(2);
  });

  it("is told to go on where it expects that", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    using socket = await openRawSocket(gateway.port);
    socket.write(lines(gateway.port, `content-length: ${message.byteLength}`, "expect: 100-continue"));
    await socket.received("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write(message);
    expect(await socket.received("grpc-status: 0")).toContain("hello");
    expect(upstream.requests[0]).not.toContain("expect");
  });

  it("has a status at once where the server answers during the upload", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/grpc", "grpc-status": "8" }, { endStream: true });
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 100_000_000 });
    using socket = await openRawSocket(gateway.port);
    const length = 50_000_000;
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(length, 1);
    socket.write(lines(gateway.port, `content-length: ${length + prefix.byteLength}`));
    socket.write(prefix);
    expect(await socket.received("grpc-status: 8")).toMatch(/^HTTP\/1.1 200 OK/);
    socket.write(new Uint8Array(length));
    expect(await socket.closed()).toContain("grpc-status: 8");
  });
});

describe("the text form", () => {
  const body = Buffer.from(textEnvelope("hello").toString("base64"));
  const text = ["content-type", "application/grpc-web-text+proto"] as const;
  const messages = [textEnvelope("hello").subarray(5)];

  it("is read and written, each in segments of their own", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const segments = Buffer.concat(
      [textEnvelope("hello").subarray(0, 4), textEnvelope("hello").subarray(4)].map((part) =>
        Buffer.from(part.toString("base64")),
      ),
    );
    for (const sent of [body, segments]) {
      const answer = await callWeb(gateway.port, { fields: text, body: sent });
      expect(answer.headers["content-type"]).toBe("application/grpc-web-text+proto");
      expect(answer.messages).toEqual(messages);
      expect(answer.trailers).toBe("grpc-status: 0\r\n");
    }
  });

  it("is the client's choice for either way", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const textAnswer = await callWeb(gateway.port, {
      fields: ["accept", "application/grpc-web-text"],
      body: textEnvelope("hello"),
    });
    expect(textAnswer.headers["content-type"]).toBe("application/grpc-web-text+proto");
    expect(textAnswer.messages).toEqual(messages);
    const binaryAnswer = await callWeb(gateway.port, {
      fields: [...text, "accept", "application/grpc-web+proto"],
      body,
    });
    expect(binaryAnswer.headers["content-type"]).toBe("application/grpc-web+proto");
    expect(binaryAnswer.messages).toEqual(messages);
  });

  it("gives each message when it comes", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    const opened = openWeb(gateway.port, { fields: text, body });
    await upstream.head();
    await upstream.write(grpcHead());
    const pieces = (await opened)[Symbol.asyncIterator]();
    for (const byte of ["a", "b", "c"]) {
      await upstream.write(dataFrame(firstStream, encodeEnvelope(0, Buffer.from(byte))));
      const piece: Buffer = (await pieces.next()).value;
      expect(piece.byteLength % 4).toBe(0);
      expect(Buffer.from(piece.toString(), "base64").subarray(5).toString()).toBe(byte);
    }
    await upstream.write(grpcTrailers(["grpc-status", "0"]));
    expect(Buffer.from((await pieces.next()).value.toString(), "base64").toString()).toContain("grpc-status: 0");
  });

  it.each([
    ["a character that is no base64", "AAAA*AAA"],
    ["white space", "AAAA\nAAA"],
    ["an end within a group", "AAAAA"],
  ])("is refused with %s", async (_what, sent) => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port);
    const answer = await callWeb(gateway.port, { fields: text, body: Buffer.from(sent) });
    const status = answer.headers["grpc-status"] ?? /grpc-status: (\d+)/.exec(answer.trailers ?? "")?.[1];
    expect(status).toBe(`${Code.InvalidArgument}`);
    expect((await gateway.line()).endedBy).toBe("gateway");
  });
});

describe("a message's length", () => {
  const maxMessageBytes = 64;

  it.each([
    ["one byte over the limit", maxMessageBytes + 1],
    ["2^32 - 1", 2 ** 32 - 1],
  ])("is refused before it goes to the server: %s", async (_name, length) => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { maxMessageBytes });
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(length, 1);
    const answering = callWeb(gateway.port, { body: Buffer.concat([textEnvelope("a"), prefix, Buffer.alloc(1_000)]) });
    expect((await answering).headers).toMatchObject({
      "grpc-status": `${Code.ResourceExhausted}`,
      "grpc-message": `a message of ${length} bytes is longer than the limit of 64 bytes`,
      "x-switchboard-ended-by": "gateway",
    });
    expect(await gateway.line()).toMatchObject({ status: "RESOURCE_EXHAUSTED", endedBy: "gateway" });
  });

  it.each([
    ["one byte over the limit", maxMessageBytes + 1],
    ["2^32 - 1", 2 ** 32 - 1],
  ])("is refused before it goes to the client: %s", async (_name, length) => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { maxMessageBytes });
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(length, 1);
    const answering = callWeb(gateway.port);
    await upstream.head();
    const first = dataFrame(firstStream, textEnvelope("ok"));
    await upstream.write(grpcHead(), first, dataFrame(firstStream, prefix), dataFrame(firstStream, Buffer.alloc(100)));
    const answer = await answering;
    expect(answer.messages).toEqual([textEnvelope("ok").subarray(5)]);
    expect(answer.trailers).toMatch(/^grpc-status: 8\r\n/);
    expect(errorCodeOf(await upstream.received(isReset))).toBe(errorCodes.cancel);
  });

  it("may be just the limit both ways", async () => {
    await using upstream = await startEcho();
    await using gateway = await startGateway(upstream.port, { maxMessageBytes });
    const answer = await callWeb(gateway.port, { body: encodeEnvelope(0, new Uint8Array(maxMessageBytes)) });
    expect(answer.messages[0]).toHaveLength(maxMessageBytes);
  });
});

describe("the end of a call", () => {
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
    using clock = useDrivenClock();
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
    using clock = useDrivenClock();
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
    using clock = useDrivenClock();
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
    using clock = useDrivenClock();
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
  const chunks = 1_024;

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
