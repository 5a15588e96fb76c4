import { constants, type ServerHttp2Stream } from "node:http2";
import { maxHeaderBlockBytes, parseHeaderFields, serializeHeaderFields } from "@switchboard/wire/header-block.ts";
import { initialCredit, type WebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import { textEnvelope } from "../../testing/envelope.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { dataFrame, errorCodes, flags, frameTypes, headersFrame, resetFrame } from "../../testing/http2-frames.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";
import { openWebSocket, type WebSocketClient } from "../../testing/websocket-client.ts";

const path = "/gateway/t/test.Service/Method";
const grpcHead = ["content-type", "application/grpc+json"];
const message = textEnvelope("m");

/** The identifier of SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113, section 6.5.2). */
const maxConcurrentStreams = 3;

/** Opens a call of the gateway's target. */
function openCall({ port }: { readonly port: number }, callPath = path): Promise<WebSocketClient> {
  return openWebSocket(`http://127.0.0.1:${port}`, callPath);
}

function headersOf(...fields: string[]): WebSocketFrame {
  return {
    kind: "headers",
    payload: serializeHeaderFields(["content-type", "application/grpc-web+json", ...fields]),
  };
}

/** The next frame with a header block, as a list in its order. */
async function nextFields(client: WebSocketClient, kind: "headers" | "trailers"): Promise<string[]> {
  const frame = await client.next();
  expect(frame.kind).toBe(kind);
  return parseHeaderFields((frame as { readonly payload: Uint8Array }).payload);
}

/** The values of a field in a list. */
function valuesOf(fields: readonly string[], name: string): string[] {
  return fields.filter((_value, at) => at % 2 === 1 && fields[at - 1] === name);
}

async function nextData(client: WebSocketClient): Promise<Uint8Array> {
  const frame = await client.next();
  expect(frame.kind).toBe("data");
  return (frame as { readonly payload: Uint8Array }).payload;
}

/** Answers as a server whose call ends with success once it has got the request. */
function succeed(stream: ServerHttp2Stream, trailers: readonly string[] = ["grpc-status", "0"]): void {
  stream.respond(grpcHead, { waitForTrailers: true });
  const names = new Set(trailers.filter((_value, at) => at % 2 === 0));
  const record = Object.fromEntries([...names].map((name) => [name, valuesOf(trailers, name)]));
  stream.on("wantTrailers", () => stream.sendTrailers(record));
  stream.resume().on("end", () => stream.end(message));
}

/** Answers with the request's body. */
function echo(stream: ServerHttp2Stream): void {
  stream.respond(grpcHead, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.pipe(stream);
}

describe("a call over WebSocket to a server of gRPC", () => {
  it("carries bytes and the status, and writes a line", async () => {
    await using upstream = await startHttp2Upstream((stream) => echo(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "data", payload: message });
    client.sendFrame({ kind: "halfClose" });
    expect(valuesOf(await nextFields(client, "headers"), "content-type")).toEqual(["application/grpc-web+json"]);
    expect(Buffer.from(await nextData(client))).toEqual(message);
    const { trailer, closeCode } = await client.ended();
    expect([...trailer]).toEqual([["grpc-status", "0"]]);
    expect(closeCode).toBe(1000);
    expect(await gateway.line()).toMatchObject({
      method: "/test.Service/Method",
      protocol: "websocket",
      status: "OK",
      target: "t",
      endedBy: "upstream",
      bytesIn: message.byteLength,
      bytesOut: message.byteLength,
    });
    const [request = []] = upstream.requests;
    expect(valuesOf(request, "content-type")).toEqual(["application/grpc+json"]);
    expect(valuesOf(request, "te")).toEqual(["trailers"]);
    expect(valuesOf(request, ":path")).toEqual(["/test.Service/Method"]);
    expect(valuesOf(request, "grpc-accept-encoding")).toEqual(["identity"]);
  });

  it("tells the header of a stream both ways before any message", async () => {
    await using upstream = await startHttp2Upstream((stream) => echo(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    for (const text of ["a", "b"]) {
      client.sendFrame({ kind: "data", payload: textEnvelope(text) });
      expect(Buffer.from(await nextData(client))).toEqual(textEnvelope(text));
    }
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("keeps metadata exact both ways: repeats, order, empty values, bytes beyond ASCII", async () => {
    const fields = ["x-b", "2", "x-bin", "AAE", "x-a", "", "x-bin", "AAI,AAM", "x-b", "1", "x-c", "\x80\xffé"];
    await using upstream = await startHttp2Upstream((stream) => succeed(stream, ["grpc-status", "0", ...fields]));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf(...fields));
    client.sendFrame({ kind: "halfClose" });
    await nextFields(client, "headers");
    await nextData(client);
    const trailers = await nextFields(client, "trailers");
    const [request = []] = upstream.requests;
    for (const name of ["x-a", "x-b", "x-c", "x-bin"]) {
      expect(valuesOf(request, name)).toEqual(valuesOf(fields, name));
      expect(valuesOf(trailers, name)).toEqual(valuesOf(fields, name));
    }
  });

  it("gives 200 trailers, details of 60 KB and fields of 20 KB", async () => {
    const many = Array.from({ length: 200 }, (_, i) => [`x-${i}`, `${i}`]).flat();
    const long = Array.from({ length: 4 }, (_, i) => [`x-long-${i}`, "l".repeat(20_000)]).flat();
    const fields = ["grpc-status", "3", "grpc-status-details-bin", "A".repeat(60_000), ...many, ...long];
    await using upstream = await startHttp2Upstream((stream) => succeed(stream, fields));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "halfClose" });
    await nextFields(client, "headers");
    await nextData(client);
    const trailers = await nextFields(client, "trailers");
    expect(trailers.length).toBe(fields.length);
    expect(trailers.every((text, at) => text === fields[at])).toBe(true);
  });

  it("gives the status and the metadata of a response that is nothing else", async () => {
    const head = [...grpcHead, "grpc-status", "5", "grpc-message", "100%zz", "x-a", "1"];
    await using upstream = await startHttp2Upstream((stream) => stream.respond(head, { endStream: true }));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    const trailers = await nextFields(client, "trailers");
    expect(valuesOf(trailers, "grpc-status")).toEqual(["5"]);
    expect(valuesOf(trailers, "grpc-message")).toEqual(["100%zz"]);
    expect(valuesOf(trailers, "x-a")).toEqual(["1"]);
    expect(valuesOf(trailers, "x-switchboard-ended-by")).toEqual([]);
  });

  it("takes an odd status for UNKNOWN, and tells what it was", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream, ["grpc-status", "99"]));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "halfClose" });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("2");
    expect(trailer.get("x-switchboard-upstream-grpc-status")).toBe("99");
  });

  it("quotes a page that came in the place of gRPC", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ ":status": 502, "content-type": "text/html" });
      stream.end("<h1>bad gateway</h1>");
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("14");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("<h1>bad gateway</h1>");
    expect(trailer.get("x-switchboard-ended-by")).toBe("upstream");
  });

  it("gives what came before a reset, and CANCELLED", async () => {
    await using upstream = await startFrameServer({ settings: [] });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    const connection = await upstream.connection(0);
    const { stream } = await requestHead(connection, 1);
    await connection.write(
      headersFrame(stream, [
        [":status", "200"],
        ["content-type", "application/grpc"],
      ]),
      dataFrame(stream, message),
      resetFrame(stream, errorCodes.cancel),
    );
    await nextFields(client, "headers");
    expect(Buffer.from(await nextData(client))).toEqual(message);
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("1");
    expect(trailer.get("x-switchboard-ended-by")).toBe("upstream");
  });

  it("ends with INTERNAL where the server's body ends without trailers", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.end(message);
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    expect((await client.ended()).trailer.get("grpc-status")).toBe("13");
    expect(await gateway.line()).toMatchObject({ status: "INTERNAL", endedBy: "upstream" });
  });

  it("gives the status of a server that answers before the upload's end, and lets go of the upload", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "8" }));
      stream.resume().once("data", () => stream.end());
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "data", payload: message });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("8");
    await expect.poll(() => upstream.openStreams()).toBe(0);
  });

  it("carries an empty request, and takes a second half-close", async () => {
    await using upstream = await startHttp2Upstream((stream) => echo(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "halfClose" });
    client.sendFrame({ kind: "halfClose" });
    await nextFields(client, "headers");
    expect(valuesOf(await nextFields(client, "trailers"), "grpc-status")).toEqual(["0"]);
  });

  it("ends with INTERNAL at data after the half-close, and cancels the server's call", async () => {
    const reset = Promise.withResolvers<number>();
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.resume().once("close", () => reset.resolve(stream.rstCode));
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "halfClose" });
    await nextFields(client, "headers");
    client.sendFrame({ kind: "data", payload: message });
    expect((await client.ended()).closeCode).toBe(1002);
    expect(await reset.promise).toBe(constants.NGHTTP2_CANCEL);
  });

  it.each([
    ["a cancel", (client: WebSocketClient) => client.sendFrame({ kind: "cancel", payload: new Uint8Array() })],
    ["a socket that drops", (client: WebSocketClient) => client.terminate()],
  ])("cancels the server's call within 100 ms at %s", async (_name, leave) => {
    const reset = Promise.withResolvers<number>();
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.resume().once("close", () => reset.resolve(stream.rstCode));
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    const left = performance.now();
    leave(client);
    expect(await reset.promise).toBe(constants.NGHTTP2_CANCEL);
    expect(performance.now() - left).toBeLessThan(100);
    expect(await gateway.line()).toMatchObject({ status: "CANCELLED", endedBy: "client" });
    expect(upstream.openStreams()).toBe(0);
  });

  it("cancels a call that waits for a connection at once", async () => {
    await using upstream = await startFrameServer({ settings: undefined });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    const connection = await upstream.connection(0);
    client.sendFrame({ kind: "cancel", payload: new Uint8Array() });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("1");
    expect(connection.frames.filter(({ type }) => type === frameTypes.headers)).toEqual([]);
  });
});

describe("a call over WebSocket that waits for its turn", () => {
  it("ends at once when it is cancelled, and leaves the running one alone", async () => {
    await using upstream = await startFrameServer({ settings: [[maxConcurrentStreams, 1]] });
    await using gateway = await startGateway(upstream.port);
    await using running = await openCall(gateway);
    running.sendFrame(headersOf());
    const connection = await upstream.connection(0);
    const { stream } = await requestHead(connection, 1);
    await using waiting = await openCall(gateway);
    waiting.sendFrame(headersOf("grpc-timeout", "10S"));
    waiting.sendFrame({ kind: "cancel", payload: new Uint8Array() });
    expect((await waiting.ended()).trailer.get("grpc-status")).toBe("1");
    await connection.write(
      headersFrame(
        stream,
        [
          [":status", "200"],
          ["content-type", "application/grpc"],
          ["grpc-status", "0"],
        ],
        flags.endHeaders | flags.endStream,
      ),
    );
    expect((await running.ended()).trailer.get("grpc-status")).toBe("0");
    expect(connection.frames.filter(({ type }) => type === frameTypes.headers)).toHaveLength(1);
  });
});

describe("the deadline of a call over WebSocket", () => {
  it("ends the call by the gateway, and cancels that of a silent server", async () => {
    const reset = Promise.withResolvers<number>();
    await using upstream = await startHttp2Upstream((stream) => {
      stream.resume().once("close", () => reset.resolve(stream.rstCode));
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
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
    await using client = await openCall(gateway);
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
    await using client = await openCall(gateway);
    client.sendFrame(headersOf("grpc-timeout", timeout));
    expect((await client.ended()).trailer.get("grpc-status")).toBe(status);
  });

  it.each(["123456789m", "Infinitym"])("of %s reaches the server in a form that the protocol has", async (timeout) => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
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
    await using client = await openCall(gateway);
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
    await using client = await openCall(gateway);
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
    await using client = await openCall(gateway);
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

/** Waits until a number stays the same for a while; gives it. */
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

describe("the metadata of a call over WebSocket", () => {
  it.each([
    ["x a", "1"],
    [":path", "/"],
    ["grpc-status", "0"],
    ["grpc-foo", "1"],
    ["x-a", "a\nb"],
    ["x-a", "a\rb"],
    ["x-a", "a\0"],
  ])("is refused by its name for %j: %j", async (name, value) => {
    await using upstream = await startHttp2Upstream((stream) => stream.resume());
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    const lines = `content-type: application/grpc-web+json\r\n${name}: ${value}\r\n`;
    client.sendFrame({ kind: "headers", payload: Buffer.from(lines, "latin1") });
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("3");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain(name);
    expect(await gateway.line()).toMatchObject({ status: "INVALID_ARGUMENT", endedBy: "gateway" });
    expect(upstream.requests).toEqual([]);
  });

  it("loses what belongs to the connection, to the browser and to the gateway", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { token: "s3cret" });
    await using client = await openCall(gateway);
    const fields = ["host", "evil", "te", "gzip", "cookie", "c=1", "connection", "x-hop", "x-hop", "1", "x-kept", "1"];
    client.sendFrame(headersOf("x-switchboard-token", "s3cret", ...fields));
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
    const [request = []] = upstream.requests;
    expect(request).not.toContain("evil");
    expect(request).not.toContain("gzip");
    expect(request).not.toContain("s3cret");
    expect(valuesOf(request, "cookie")).toEqual([]);
    expect(valuesOf(request, "x-hop")).toEqual([]);
    expect(valuesOf(request, "x-kept")).toEqual(["1"]);
  });

  it("has the target's own in the place of the client's", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { heldFields: ["authorization", "Bearer held"] });
    await using client = await openCall(gateway);
    client.sendFrame(headersOf("authorization", "Bearer mine"));
    client.sendFrame({ kind: "halfClose" });
    await client.ended();
    expect(valuesOf(upstream.requests[0] ?? [], "authorization")).toEqual(["Bearer held"]);
  });

  it("may be as long as a header block", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway);
    client.sendRaw(new Uint8Array(maxHeaderBlockBytes + 2).fill(1));
    expect((await client.ended().catch(() => ({ closeCode: 1009 }))).closeCode).toBe(1009);
  });
});

describe("a call over WebSocket that goes nowhere", () => {
  it("needs the token before it learns what targets there are", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { token: "s3cret" });
    await using client = await openCall(gateway, "/gateway/nowhere/test.Service/Method");
    client.sendFrame(headersOf());
    expect((await client.ended()).trailer.get("grpc-status")).toBe("16");
  });

  it.each([
    ["an unknown target", "/gateway/nowhere/a.B/C", "application/grpc-web+json", "NOT_FOUND", "nowhere"],
    ["a content type that isn't gRPC-Web's", path, "text/plain", "INVALID_ARGUMENT", "t"],
  ])("writes a line for %s", async (_name, callPath, contentType, status, target) => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCall(gateway, callPath);
    client.sendFrame({ kind: "headers", payload: serializeHeaderFields(["content-type", contentType]) });
    await client.ended();
    expect(await gateway.line()).toMatchObject({ protocol: "websocket", status, target, endedBy: "gateway" });
  });

  it("tells that no WebSocket carries Connect", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { wires: new Set(["connect"]) });
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("12");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("call it by Connect over HTTP");
  });
});

describe("the limit of a target's messages", () => {
  it("ends a call whose request has a longer one, before its bytes go on", async () => {
    let received = 0;
    await using upstream = await startHttp2Upstream((stream) => {
      stream.on("data", (chunk: Buffer) => {
        received += chunk.byteLength;
      });
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 100 });
    await using client = await openCall(gateway);
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
      stream.write(Buffer.concat([message, Buffer.of(0, 0, 0, 0, 101, 1)]));
    });
    await using gateway = await startGateway(upstream.port, { maxMessageBytes: 100 });
    await using client = await openCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    expect(Buffer.from(await nextData(client))).toEqual(message);
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("8");
    expect(trailer.get("x-switchboard-ended-by")).toBe("gateway");
    await expect.poll(() => upstream.openStreams()).toBe(0);
  });
});
