import { constants } from "node:http2";
import { serializeHeaderFields } from "@switchboard/wire/header-block.ts";
import { describe, expect, it } from "vitest";
import {
  carriedMessage,
  carriedPath,
  echo,
  grpcHead,
  headersOf,
  nextData,
  nextFields,
  openCarriedCall,
  succeed,
  valuesOf,
} from "../../testing/carried-socket.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { dataFrame, errorCodes, flags, frameTypes, headersFrame, resetFrame } from "../../testing/http2-frames.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";
import type { WebSocketClient } from "../../testing/websocket-client.ts";

/** The identifier of SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113, section 6.5.2). */
const maxConcurrentStreams = 3;

describe("a call over WebSocket to a server of gRPC", () => {
  it("carries bytes and the status, and writes a line", async () => {
    await using upstream = await startHttp2Upstream((stream) => echo(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "data", payload: carriedMessage });
    client.sendFrame({ kind: "halfClose" });
    expect(valuesOf(await nextFields(client, "headers"), "content-type")).toEqual(["application/grpc-web+json"]);
    expect(await nextData(client)).toEqual(carriedMessage);
    const { trailer, closeCode } = await client.ended();
    expect([...trailer]).toEqual([["grpc-status", "0"]]);
    expect(closeCode).toBe(1000);
    expect(await gateway.line()).toMatchObject({
      method: "/test.Service/Method",
      protocol: "websocket",
      status: "OK",
      target: "t",
      endedBy: "upstream",
      bytesIn: carriedMessage.byteLength,
      bytesOut: carriedMessage.byteLength,
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
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    await nextFields(client, "headers");
    for (const text of ["a", "b"]) {
      client.sendFrame({ kind: "data", payload: textEnvelope(text) });
      expect(await nextData(client)).toEqual(textEnvelope(text));
    }
    client.sendFrame({ kind: "halfClose" });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("0");
  });

  it("keeps metadata exact both ways: repeats, order, empty values, bytes beyond ASCII", async () => {
    const fields = ["x-b", "2", "x-bin", "AAE", "x-a", "", "x-bin", "AAI,AAM", "x-b", "1", "x-c", "\x80\xffé"];
    await using upstream = await startHttp2Upstream((stream) => succeed(stream, ["grpc-status", "0", ...fields]));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("14");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("<h1>bad gateway</h1>");
    expect(trailer.get("x-switchboard-ended-by")).toBe("upstream");
  });

  it("gives what came before a reset, and CANCELLED", async () => {
    await using upstream = await startFrameServer({ settings: [] });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    const connection = await upstream.connection(0);
    const { stream } = await requestHead(connection, 1);
    await connection.write(
      headersFrame(stream, [
        [":status", "200"],
        ["content-type", "application/grpc"],
      ]),
      dataFrame(stream, carriedMessage),
      resetFrame(stream, errorCodes.cancel),
    );
    await nextFields(client, "headers");
    expect(await nextData(client)).toEqual(carriedMessage);
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("1");
    expect(trailer.get("x-switchboard-ended-by")).toBe("upstream");
  });

  it("ends with INTERNAL where the server's body ends without trailers", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond(grpcHead);
      stream.end(carriedMessage);
    });
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "data", payload: carriedMessage });
    expect((await client.ended()).trailer.get("grpc-status")).toBe("8");
    await expect.poll(() => upstream.openStreams()).toBe(0);
  });

  it("carries an empty request, and takes a second half-close", async () => {
    await using upstream = await startHttp2Upstream((stream) => echo(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    client.sendFrame({ kind: "halfClose" });
    await nextFields(client, "headers");
    client.sendFrame({ kind: "data", payload: carriedMessage });
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
    await using client = await openCarriedCall(gateway);
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
    await using client = await openCarriedCall(gateway);
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
    await using running = await openCarriedCall(gateway);
    running.sendFrame(headersOf());
    const connection = await upstream.connection(0);
    const { stream } = await requestHead(connection, 1);
    await using waiting = await openCarriedCall(gateway);
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

describe("a call over WebSocket that goes nowhere", () => {
  it("needs the token before it learns what targets there are", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { token: "s3cret" });
    await using client = await openCarriedCall(gateway, "/gateway/nowhere/test.Service/Method");
    client.sendFrame(headersOf());
    expect((await client.ended()).trailer.get("grpc-status")).toBe("16");
  });

  it.each([
    ["an unknown target", "/gateway/nowhere/a.B/C", "application/grpc-web+json", "NOT_FOUND", "nowhere"],
    ["a content type that isn't gRPC-Web's", carriedPath, "text/plain", "INVALID_ARGUMENT", "t"],
  ])("writes a line for %s", async (_name, callPath, contentType, status, target) => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port);
    await using client = await openCarriedCall(gateway, callPath);
    client.sendFrame({ kind: "headers", payload: serializeHeaderFields(["content-type", contentType]) });
    await client.ended();
    expect(await gateway.line()).toMatchObject({ protocol: "websocket", status, target, endedBy: "gateway" });
  });

  it("tells that no WebSocket carries Connect", async () => {
    await using upstream = await startHttp2Upstream((stream) => succeed(stream));
    await using gateway = await startGateway(upstream.port, { wires: new Set(["connect"]) });
    await using client = await openCarriedCall(gateway);
    client.sendFrame(headersOf());
    const { trailer } = await client.ended();
    expect(trailer.get("grpc-status")).toBe("12");
    expect(decodeURIComponent(trailer.get("grpc-message") ?? "")).toContain("call it by Connect over HTTP");
  });
});
