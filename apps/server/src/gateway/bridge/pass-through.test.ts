import { type ClientHttp2Session, connect } from "node:http2";
import { Code, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { startDrivenClock } from "../../testing/driven-clock.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import {
  firstStream,
  grpcHead,
  grpcTrailers,
  grpcTrailersOnly,
  startFrameUpstream,
} from "../../testing/frame-upstream.ts";
import { openHttp2Client } from "../../testing/http2-client.ts";
import {
  dataFrame,
  errorCodeOf,
  errorCodes,
  flags,
  frameTypes,
  type Http2Frame,
  headersFrame,
  resetFrame,
} from "../../testing/http2-frames.ts";
import { startEngineServer } from "../../testing/start-engine-server.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

const message = textEnvelope("hello");
const path = "/a.B/C";

const ends = flags.endHeaders | flags.endStream;
const isHead = ({ type, stream }: Http2Frame) => type === frameTypes.headers && stream === 1;
const isReset = ({ type, stream }: Http2Frame) => type === frameTypes.reset && stream === 1;
const endsStream = ({ type, flags: set }: Http2Frame) => type === frameTypes.data && (set & flags.endStream) !== 0;

/** What a frame of a call says, but for the date. */
function sayings(frames: readonly Http2Frame[]) {
  return frames
    .filter(({ type }) => type !== frameTypes.windowUpdate)
    .map((frame) => ({
      type: frame.type,
      ends: frame.type !== frameTypes.reset && (frame.flags & flags.endStream) !== 0,
      ...(frame.fields !== undefined && { fields: [...frame.fields].filter(([name]) => name !== "date") }),
      ...(frame.type === frameTypes.data && { data: frame.payload.toString("latin1") }),
      ...(frame.type === frameTypes.reset && { code: errorCodeOf(frame) }),
    }));
}

/** Calls by gRPC through a gateway that has the server as its proxy; the server answers with these frames. */
async function callWithAnswer(frames: readonly Buffer[]) {
  await using upstream = await startFrameUpstream();
  await using gateway = await startGateway(upstream.port, { proxies: true });
  using client = await openHttp2Client(gateway.port);
  await client.call(1, { path, body: message });
  await upstream.head();
  await upstream.write(...frames);
  const answer = sayings(await client.ended(1));
  return { answer, line: await gateway.line() };
}

describe("gRPC passed through", () => {
  it("keeps a status in a head alone, and repeated metadata there", async () => {
    const { answer, line } = await callWithAnswer([
      grpcTrailersOnly(["grpc-status", "99"], ["grpc-message", "100%zz"], ["set-cookie", "a=1"]),
    ]);
    expect(answer).toEqual([
      {
        type: frameTypes.headers,
        ends: true,
        fields: [
          [":status", "200"],
          ["content-type", "application/grpc"],
          ["grpc-status", "99"],
          ["grpc-message", "100%zz"],
          ["set-cookie", "a=1"],
        ],
      },
    ]);
    expect(line).toMatchObject({ protocol: "grpc", target: "t", status: "UNKNOWN", endedBy: "upstream" });
  });

  it("keeps head, messages and trailers", async () => {
    const { answer } = await callWithAnswer([
      grpcHead(["x-a", "1"]),
      dataFrame(firstStream, message),
      grpcTrailers(["grpc-status", "0"], ["x-b", "2"], ["__proto__", "3"], ["constructor", "4"]),
    ]);
    expect(answer).toEqual([
      {
        type: frameTypes.headers,
        ends: false,
        fields: [
          [":status", "200"],
          ["content-type", "application/grpc"],
          ["x-a", "1"],
        ],
      },
      { type: frameTypes.data, ends: false, data: message.toString("latin1") },
      {
        type: frameTypes.headers,
        ends: true,
        fields: [
          ["grpc-status", "0"],
          ["x-b", "2"],
          ["__proto__", "3"],
          ["constructor", "4"],
        ],
      },
    ]);
  });

  it("keeps trailers behind a head without messages", async () => {
    const { answer } = await callWithAnswer([grpcHead(), grpcTrailers(["grpc-status", "0"])]);
    expect(answer.map(({ type, ends }) => [type, ends])).toEqual([
      [frameTypes.headers, false],
      ...(answer.length === 3 ? [[frameTypes.data, false]] : []),
      [frameTypes.headers, true],
    ]);
  });

  it("keeps an answer that is not gRPC as it is", async () => {
    const { answer } = await callWithAnswer([
      headersFrame(firstStream, [
        [":status", "502"],
        ["content-type", "text/html"],
      ]),
      dataFrame(firstStream, "<h1>", flags.endStream),
    ]);
    expect(answer[0]?.fields).toEqual([
      [":status", "502"],
      ["content-type", "text/html"],
    ]);
    expect(answer.map(({ data = "" }) => data).join("")).toBe("<h1>");
    expect(answer.at(-1)?.ends).toBe(true);
  });

  it.each([204, 304])("ends with its head where the status %i says so", async (status) => {
    const { answer } = await callWithAnswer([
      headersFrame(firstStream, [
        [":status", `${status}`],
        ["x-a", "1"],
      ]),
      dataFrame(firstStream, "x", flags.endStream),
    ]);
    expect(answer).toEqual([
      {
        type: frameTypes.headers,
        ends: true,
        fields: [
          [":status", `${status}`],
          ["x-a", "1"],
        ],
      },
    ]);
  });

  it.each(["999", "600"])("is an error of the gateway where the server's status is %s", async (status) => {
    const { answer } = await callWithAnswer([headersFrame(firstStream, [[":status", status]], ends)]);
    expect(Object.fromEntries(answer[0]?.fields ?? [])).toMatchObject({
      ":status": "200",
      "grpc-status": "2",
    });
  });

  it.each(["protocolError", "internalError", "refusedStream", "cancel", "enhanceYourCalm"] as const)(
    "keeps a reset with %s",
    async (name) => {
      const { answer } = await callWithAnswer([
        grpcHead(),
        dataFrame(firstStream, message),
        resetFrame(firstStream, errorCodes[name]),
      ]);
      expect(answer.at(-1)).toEqual({ type: frameTypes.reset, ends: false, code: errorCodes[name] });
      expect(answer[0]?.type).toBe(frameTypes.headers);
    },
  );

  it("sends the head before any message", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    using client = await openHttp2Client(gateway.port);
    await client.call(1, { path });
    await upstream.head();
    await upstream.write(grpcHead(["x-a", "1"]));
    expect((await client.received(isHead)).fields?.get("x-a")).toBe("1");
    await client.write(dataFrame(1, message, flags.endStream));
    expect((await upstream.received(endsStream)).type).toBe(frameTypes.data);
  });

  it("cancels at the server what the client resets", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    using client = await openHttp2Client(gateway.port);
    await client.call(1, { path, body: message });
    await upstream.received(endsStream);
    await client.write(resetFrame(1, errorCodes.cancel));
    expect(errorCodeOf(await upstream.received(isReset))).toBe(errorCodes.cancel);
    expect(await gateway.line()).toMatchObject({ status: "CANCELLED", endedBy: "client" });
  });

  it("gives the status at once where the server answers early, and stops the upload", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    using client = await openHttp2Client(gateway.port);
    await client.call(1, { path });
    await upstream.head();
    await upstream.write(grpcHead(), grpcTrailers(["grpc-status", "8"]));
    const reset = await client.received(isReset);
    expect(errorCodeOf(reset)).toBe(errorCodes.noError);
    expect(client.frames.findLast(({ fields }) => fields !== undefined)?.fields?.get("grpc-status")).toBe("8");
    const last = await upstream.received((frame) => isReset(frame) || endsStream(frame));
    expect(errorCodeOf(last) ?? errorCodes.noError).toBe(errorCodes.noError);
  });

  it("leaves no stream open at the server after many early answers", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/grpc", "grpc-status": "8" }, { endStream: true });
    });
    await using gateway = await startGateway(upstream.port, { proxies: true });
    const session = connect(`http://127.0.0.1:${gateway.port}`);
    for (let i = 0; i < 200; i++) {
      expect(await openCall(session)).toBe("8");
    }
    await gateway.line(199);
    session.destroy();
    expect(upstream.openStreams()).toBeLessThanOrEqual(1);
  });

  it("takes an empty request", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    using client = await openHttp2Client(gateway.port);
    await client.call(1, { path, body: new Uint8Array() });
    expect((await upstream.received(endsStream)).payload.byteLength).toBe(0);
  });

  it("tells the gateway's own status in trailers", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { proxies: true });
    using client = await openHttp2Client(gateway.port);
    using clock = startDrivenClock();
    await client.call(1, { path, fields: [["grpc-timeout", "60S"]], body: message });
    await upstream.head();
    await upstream.write(grpcHead(), dataFrame(firstStream, message.subarray(0, 4)));
    await client.received(isHead);
    clock.advance(60_000);
    const fields = (await client.ended(1)).at(-1)?.fields;
    expect(fields?.get("grpc-status")).toBe(`${Code.DeadlineExceeded}`);
    expect(fields?.get("x-switchboard-ended-by")).toBe("gateway");
  });

  it("tells a client what the target speaks where that is not gRPC", async () => {
    await using gateway = await startGateway(1, { proxies: true, wires: new Set(["connect", "grpc-web"] as const) });
    using client = await openHttp2Client(gateway.port);
    await client.call(1, { path, body: message });
    const fields = (await client.ended(1)).at(-1)?.fields;
    expect(fields?.get("grpc-status")).toBe(`${Code.Unimplemented}`);
    expect(fields?.get("grpc-message")).toBe(
      'the target "t" speaks Connect and gRPC-Web, and can\'t be called by gRPC; call it by Connect or gRPC-Web',
    );
  });
});

/** Opens a call that never ends its request; resolves with the status. */
function openCall(session: ClientHttp2Session): Promise<unknown> {
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
  stream.on("error", () => {});
  return new Promise((resolve) => {
    stream.once("response", (headers) => resolve(headers["grpc-status"]));
    stream.resume();
  });
}

describe("Connect and gRPC-Web passed through", () => {
  const startTarget = () =>
    startEngineServer((router) => {
      router.service(Greeter, {
        sayHello: ({ name }, context) => {
          context.responseHeader.set("x-greeted", name);
          context.responseTrailer.set("x-trailed", name);
          return { message: `Hello, ${name}!` };
        },
      });
    });

  it.each(["1.1", "2"] as const)("reach a server of theirs over HTTP/%s", async (httpVersion) => {
    await using target = await startTarget();
    await using gateway = await startGateway(target.port, { wires: new Set(["connect", "grpc-web"] as const) });
    const baseUrl = `http://127.0.0.1:${gateway.port}/gateway/t`;
    for (const transport of [
      createConnectTransport({ baseUrl, httpVersion }),
      createConnectTransport({ baseUrl, httpVersion, useBinaryFormat: false, useHttpGet: true }),
      createGrpcWebTransport({ baseUrl, httpVersion }),
    ]) {
      const client = createClient(Greeter, transport);
      let greeted: string | null = null;
      const options = { onHeader: (headers: Headers) => (greeted = headers.get("x-greeted")) };
      expect((await client.sayHello({ name: "a" }, options)).message).toBe("Hello, a!");
      expect(greeted).toBe("a");
    }
  });

  it("keep a Connect error as it is", async () => {
    await using target = await startTarget();
    await using gateway = await startGateway(target.port, { wires: new Set(["connect"] as const) });
    const url = (port: number, prefix: string) => `http://127.0.0.1:${port}${prefix}/Greeter/SayHello`;
    const init = { method: "POST", body: "{", headers: { "content-type": "application/json" } };
    const direct = await fetch(url(target.port, ""), init);
    const carried = await fetch(url(gateway.port, "/gateway/t"), init);
    expect(carried.status).toBe(direct.status);
    expect(await carried.text()).toBe(await direct.text());
    expect(carried.headers.get("content-type")).toBe(direct.headers.get("content-type"));
    expect(await gateway.line()).toMatchObject({ status: "INVALID_ARGUMENT", endedBy: "upstream" });
  });

  it("take an answer without a byte for a message without a field", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/proto" }, { endStream: true });
    });
    await using gateway = await startGateway(upstream.port, { wires: new Set(["connect"] as const) });
    const client = createClient(
      Greeter,
      createConnectTransport({ baseUrl: `http://127.0.0.1:${gateway.port}/gateway/t`, httpVersion: "1.1" }),
    );
    expect((await client.sayHello({})).message).toBe("");
    expect(await gateway.line()).toMatchObject({ status: "OK", endedBy: "upstream" });
  });

  it("make no page of what a server sends in the place of Connect", async () => {
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({
        ":status": 302,
        "content-type": "text/html",
        location: "https://evil.example",
        "set-cookie": "a=1",
      });
      stream.end("<script>");
    });
    await using gateway = await startGateway(upstream.port, { wires: new Set(["connect"] as const) });
    const { status, headers } = await fetch(
      `http://127.0.0.1:${gateway.port}/gateway/t/a.B/C?encoding=json&message=%7B%7D`,
      {
        redirect: "manual",
      },
    );
    expect(status).toBe(302);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
      "x-switchboard-upstream-content-type": "text/html",
      "x-switchboard-upstream-location": "https://evil.example",
    });
    expect(headers.get("location")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
  });
});
