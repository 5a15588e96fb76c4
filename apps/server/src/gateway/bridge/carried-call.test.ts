import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { createGrpcWebTransport } from "@connectrpc/connect-node";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, it } from "vitest";
import { callWeb, openWeb } from "../../testing/call-web.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import { firstStream, grpcHead, grpcTrailers, startFrameUpstream } from "../../testing/frame-upstream.ts";
import { dataFrame, errorCodeOf, errorCodes, frameTypes, type Http2Frame } from "../../testing/http2-frames.ts";
import { openRawSocket } from "../../testing/raw-socket.ts";
import { startEngineServer } from "../../testing/start-engine-server.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

const isReset = ({ type }: Http2Frame) => type === frameTypes.reset;

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

describe("a client of gRPC-Web", () => {
  it.each(["1.1", "2"] as const)("calls a server of gRPC over HTTP/%s", async (httpVersion) => {
    await using target = await startEngineServer((router) => {
      router.service(demo, {
        hellojlc: ({ name }) => ({ result: name }),
        async *testClientRecvStream({ data }) {
          yield { result: data };
          yield { result: data };
          throw new ConnectError("enough", Code.OutOfRange, { "x-reason": "a" });
        },
      });
    });
    await using gateway = await startGateway(target.port);
    const baseUrl = `http://127.0.0.1:${gateway.port}/gateway/t`;
    const client = createClient(demo, createGrpcWebTransport({ baseUrl, httpVersion }));
    expect((await client.hellojlc({ name: "a" })).result).toBe("a");
    const received: string[] = [];
    const streaming = async () => {
      for await (const { result } of client.testClientRecvStream({ data: "b" })) {
        received.push(result);
      }
    };
    const error = ConnectError.from(await streaming().catch((thrown: unknown) => thrown));
    expect(received).toEqual(["b", "b"]);
    expect([error.code, error.rawMessage, error.metadata.get("x-reason")]).toEqual([Code.OutOfRange, "enough", "a"]);
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
