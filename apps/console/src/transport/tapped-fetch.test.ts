import { gunzipSync, gzipSync, inflateSync } from "node:zlib";
import { create, type DescMethodServerStreaming, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { BrokenConnection } from "../call/broken-connection.ts";
import { type CallOptions, defaultCallOptions } from "../call/call-options.ts";
import type { WireMessage } from "../call/wire-message.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { typeRegistry } from "../schema/type-registry.ts";
import { type HttpProtocol, httpCarriage } from "./http-carriage.ts";
import { createHttpTransport } from "./http-transport.ts";
import { createTappedFetch } from "./tapped-fetch.ts";

type Told = unknown[][];

function tapInto(told: Told): WireTap {
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      told.push([name, ...args]);
    };
  return {
    requestStarted: note("started"),
    requestMessage: note("sent"),
    connected: note("connected"),
    accepted: note("accepted"),
    responseHeaders: note("headers"),
    responseMessage: note("received"),
    responseTrailers: note("trailers"),
  };
}

/** A message that was carried as it is. */
function plain(flags: number | undefined, format: WireMessage["format"], payload: Uint8Array): WireMessage {
  return { flags, carriedBytes: payload.byteLength, payload, format, compression: undefined };
}

interface Rig {
  readonly transport: ReturnType<typeof createHttpTransport>;
  readonly told: Told;
  readonly requests: Request[];
}

/** A transport to a server that answers each request with the same response. */
function createRig(
  protocol: HttpProtocol,
  framing: "body" | "envelopes",
  answer: () => Response | Error,
  options: Partial<CallOptions> = {},
): Rig {
  const told: Told = [];
  const requests: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(new Request(input, init));
    const response = answer();
    if (response instanceof Error) {
      throw response;
    }
    return response;
  };
  const transport = createHttpTransport({
    baseUrl: "http://localhost/base",
    protocol,
    fetch: createTappedFetch({
      fetch,
      carriage: httpCarriage(protocol, framing === "body" ? "unary" : "server_streaming"),
      tap: tapInto(told),
      options: { ...defaultCallOptions, ...options },
    }),
    registry: typeRegistry,
  });
  return { transport, told, requests };
}

const reply = toBinary(Greeter.method.sayHello.output, create(Greeter.method.sayHello.output, { message: "Hi" }));
const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function respond(contentType: string, parts: readonly Uint8Array[], headers: Record<string, string> = {}): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) {
        controller.enqueue(new Uint8Array(part));
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": contentType, ...headers } });
}

async function errorOf(promise: Promise<unknown>): Promise<ConnectError> {
  return promise.then(
    () => expect.unreachable(),
    (error) => ConnectError.from(error),
  );
}

describe("createTappedFetch()", () => {
  it("tells a unary Connect call, with the trailers among its headers", async () => {
    const { transport, told, requests } = createRig("connect-json", "body", () =>
      respond("application/json", [latin1('{"message":'), latin1('"Hi"}')], { "trailer-x-a": "1" }),
    );
    expect((await createClient(Greeter, transport).sayHello({ name: "Ada" })).message).toBe("Hi");
    expect(told.map(([name]) => name)).toEqual(["started", "sent", "accepted", "headers", "received", "trailers"]);
    expect(told[1]).toEqual(["sent", plain(undefined, "json", utf8('{"name":"Ada"}'))]);
    expect(told[4]).toEqual(["received", plain(undefined, "json", utf8('{"message":"Hi"}'))]);
    expect(told[5]).toEqual(["trailers", [["x-a", "1"]]]);
    expect(requests[0]?.url).toBe("http://localhost/base/Greeter/SayHello");
  });

  it("tells a gRPC-Web call, cut anywhere", async () => {
    const trailers = encodeEnvelope(0x80, latin1("grpc-status: 0\r\nX-A: 1\r\nx-a: 2\r\n"));
    const bytes = [...encodeEnvelope(0, reply), ...trailers].map((byte) => Uint8Array.of(byte));
    const { transport, told } = createRig("grpc-web", "envelopes", () => respond("application/grpc-web+proto", bytes));
    await createClient(Greeter, transport).sayHello({ name: "Ada" });
    expect(told.at(1)).toEqual(["sent", plain(0, "binary", Uint8Array.of(10, 3, 65, 100, 97))]);
    expect(told.at(-2)).toEqual(["received", plain(0, "binary", reply)]);
    expect(told.at(-1)).toEqual([
      "trailers",
      [
        ["grpc-status", "0"],
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    ]);
  });

  it("tells the end of a Connect stream, also where it is an error", async () => {
    const end = latin1('{"error":{"code":"not_found","message":"gone"},"metadata":{"x-a":["1","2"]}}');
    const { transport, told } = createRig("connect-json", "envelopes", () =>
      respond("application/connect+json", [encodeEnvelope(0, latin1('{"result":"1"}')), encodeEnvelope(2, end)]),
    );
    const results: string[] = [];
    const read = async () => {
      for await (const { result } of createClient(demo, transport).testClientRecvStream({})) {
        results.push(result);
      }
    };
    expect(await errorOf(read())).toMatchObject({ code: Code.NotFound, rawMessage: "gone" });
    expect(results).toEqual(["1"]);
    expect(told.at(-2)).toEqual(["received", plain(0, "json", utf8('{"result":"1"}'))]);
    expect(told.at(-1)).toEqual([
      "trailers",
      [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    ]);
  });

  it("takes a body without the call's status for a broken connection", async () => {
    const { transport } = createRig("grpc-web", "envelopes", () =>
      respond("application/grpc-web+proto", [encodeEnvelope(0, reply)]),
    );
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.Unavailable, cause: expect.any(BrokenConnection) });
  });

  it("takes a status in the headers, without a body", async () => {
    const { transport } = createRig("grpc-web", "envelopes", () =>
      respond("application/grpc-web+proto", [], { "grpc-status": "7", "grpc-message": "no" }),
    );
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.PermissionDenied, rawMessage: "no", isWireError: true });
  });

  it("takes a network failure for a broken connection", async () => {
    const { transport, told } = createRig("connect-json", "body", () => new TypeError("Failed to fetch"));
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.Unavailable, cause: expect.any(BrokenConnection) });
    expect(told).toEqual([["started"]]);
  });

  it("refuses a message over the limit at its announced length", async () => {
    const prefix = Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff);
    const { transport } = createRig("grpc-web", "envelopes", () => respond("application/grpc-web+proto", [prefix]));
    expect(await errorOf(createClient(Greeter, transport).sayHello({}))).toMatchObject({
      code: Code.ResourceExhausted,
    });
  });

  it("refuses a body over the limit at its announced length", async () => {
    const { transport } = createRig("connect-json", "body", () =>
      respond("application/json", [latin1("{")], { "content-length": "67108865" }),
    );
    expect(await errorOf(createClient(Greeter, transport).sayHello({}))).toMatchObject({
      code: Code.ResourceExhausted,
    });
  });

  it.each([
    ["connect-json", "body", "application/json"],
    ["connect-binary", "body", "application/proto"],
    ["grpc-web", "envelopes", "application/grpc-web+proto"],
  ] as const)("takes a %s %s that breaks off for a broken connection", async (protocol, framing, contentType) => {
    const broken = new ReadableStream({ pull: () => Promise.reject(new TypeError("network error")) });
    const headers = { "content-type": contentType };
    const { transport } = createRig(protocol, framing, () => new Response(broken, { headers }));
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.Unavailable, cause: expect.any(BrokenConnection) });
  });

  it.each([
    [502, "<h1>Bad gateway</h1>", Code.Unavailable],
    [204, null, Code.Unknown],
  ])("tells the HTTP status %d where the body has no error of Connect's", async (status, body, code) => {
    const headers = { "content-type": "application/json" };
    const { transport } = createRig("connect-json", "body", () => new Response(body, { status, headers }));
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code, rawMessage: `HTTP ${status}` });
  });

  it.each(["<html>", '{"message":5}'])("takes the unary response %j for a fault of the protocol", async (text) => {
    const { transport } = createRig("connect-json", "body", () => respond("application/json", [latin1(text)]));
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.InvalidArgument, isWireError: false });
  });

  const end = encodeEnvelope(0x80, latin1("grpc-status: 0\r\n"));

  it.each([
    ["a second status", [end, end], Code.InvalidArgument],
    ["a message after the status", [end, encodeEnvelope(0, reply)], Code.InvalidArgument],
    ["a compressed message", [encodeEnvelope(1, reply), end], Code.Internal],
  ])("refuses %s", async (_, parts, code) => {
    const { transport } = createRig("grpc-web", "envelopes", () => respond("application/grpc-web+proto", parts));
    expect(await errorOf(createClient(Greeter, transport).sayHello({}))).toMatchObject({ code, isWireError: false });
  });
});

describe("compression", () => {
  const long = create(Greeter.method.sayHello.output, { message: "Hi ".repeat(1000) });
  const longBytes = toBinary(Greeter.method.sayHello.output, long);
  const zipped = new Uint8Array(gzipSync(longBytes));
  const trailers = latin1("grpc-status: 0\r\n");

  it("goes out in a unary call of Connect as HTTP's own", async () => {
    const { transport, told, requests } = createRig(
      "connect-json",
      "body",
      () => respond("application/json", [latin1("{}")]),
      { requestCompression: "gzip" },
    );
    await createClient(Greeter, transport).sayHello({ name: "Ada" });
    const carried = new Uint8Array((await requests[0]?.arrayBuffer()) ?? []);
    expect(requests[0]?.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(carried).toString()).toBe('{"name":"Ada"}');
    expect(told[1]).toEqual([
      "sent",
      {
        flags: undefined,
        carriedBytes: carried.byteLength,
        payload: utf8('{"name":"Ada"}'),
        format: "json",
        compression: "gzip",
      },
    ]);
  });

  it.each([
    ["grpc-web", "grpc-encoding", "grpc-accept-encoding", 0x80, trailers],
    ["connect-binary", "connect-content-encoding", "connect-accept-encoding", 2, latin1("{}")],
  ] as const)("goes out and comes in envelopes over %s", async (protocol, encoding, accept, endFlag, end) => {
    const type = protocol === "grpc-web" ? "application/grpc-web+proto" : "application/connect+proto";
    const parts = [
      ...encodeEnvelope(1, zipped),
      ...encodeEnvelope(0, longBytes),
      ...encodeEnvelope(endFlag | 1, new Uint8Array(gzipSync(end))),
    ].map((byte) => Uint8Array.of(byte));
    const { transport, told, requests } = createRig(
      protocol,
      "envelopes",
      () => respond(type, parts, { [encoding]: "gzip" }),
      { requestCompression: "deflate", acceptedCompressions: ["gzip"] },
    );
    const method = { ...Greeter.method.sayHello, methodKind: "server_streaming" } as DescMethodServerStreaming;
    const input = (async function* () {
      yield create(method.input, { name: "Ada" });
    })();
    const { message } = await transport.stream(method, undefined, undefined, undefined, input);
    const received: unknown[] = [];
    for await (const one of message) {
      received.push(one);
    }
    expect(received).toEqual([long, long]);
    const sent = new Uint8Array((await requests[0]?.arrayBuffer()) ?? []);
    expect(requests[0]?.headers.get(encoding)).toBe("deflate");
    expect(requests[0]?.headers.get(accept)).toBe("gzip");
    expect(sent[0]).toBe(1);
    expect(new Uint8Array(inflateSync(sent.subarray(5)))).toEqual(Uint8Array.of(10, 3, 65, 100, 97));
    const messages = told.filter(([name]) => name === "received").map(([, wire]) => wire);
    expect(messages).toEqual([
      { flags: 1, carriedBytes: zipped.byteLength, payload: longBytes, format: "binary", compression: "gzip" },
      plain(0, "binary", longBytes),
    ]);
    expect(told.at(-1)).toEqual(["trailers", protocol === "grpc-web" ? [["grpc-status", "0"]] : []]);
  });

  it("is asked for as `identity` where the request alone is compressed", async () => {
    const { transport, requests } = createRig("grpc-web", "envelopes", () => new TypeError("Failed to fetch"), {
      requestCompression: "gzip",
    });
    await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(requests[0]?.headers.get("grpc-accept-encoding")).toBe("identity");
  });

  it.each([
    ["br", 'with "br", unasked'],
    ["gzip", 'with "gzip", unasked'],
    [undefined, "without naming a compression"],
  ])("named %j and not asked for ends the call in words", async (named, words) => {
    const headers = named === undefined ? {} : { "grpc-encoding": named };
    const { transport } = createRig("grpc-web", "envelopes", () =>
      respond("application/grpc-web+proto", [encodeEnvelope(1, zipped)], headers as Record<string, string>),
    );
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error).toMatchObject({ code: Code.Internal, rawMessage: expect.stringContaining(words) });
  });

  it("does not get a message past the limit", async () => {
    const { transport } = createRig(
      "grpc-web",
      "envelopes",
      () => respond("application/grpc-web+proto", [encodeEnvelope(1, zipped)], { "grpc-encoding": "gzip" }),
      { acceptedCompressions: ["gzip"], maxReceivedBytes: 1_000 },
    );
    const error = await errorOf(createClient(Greeter, transport).sayHello({}));
    expect(error.code).toBe(Code.ResourceExhausted);
    expect(error.rawMessage).toMatch(/holds \d+ bytes or more, which is over the page's limit of 1000/);
  });

  it("of a whole body is told with the size that the response announced", async () => {
    const { transport, told } = createRig("connect-binary", "body", () =>
      respond("application/proto", [longBytes], { "content-encoding": "gzip", "content-length": "77" }),
    );
    await createClient(Greeter, transport).sayHello({});
    expect(told[4]?.[1]).toEqual({
      flags: undefined,
      carriedBytes: 77,
      payload: longBytes,
      format: "binary",
      compression: "gzip",
    });
  });
});

describe("the limit of what is sent", () => {
  it("keeps a longer message in the page", async () => {
    const { transport, told } = createRig("connect-json", "body", () => new TypeError("Failed to fetch"), {
      maxSentBytes: 13,
    });
    const error = await errorOf(createClient(Greeter, transport).sayHello({ name: "Ada" }));
    expect(error).toMatchObject({ code: Code.ResourceExhausted, rawMessage: expect.stringMatching(/14 bytes .* 13 /) });
    expect(told).toEqual([]);
  });
});

describe("the response of a tapped fetch", () => {
  const carriage = httpCarriage("grpc-web", "server_streaming");
  const rim = { method: "POST", body: encodeEnvelope(0, reply) };

  it("is read from the network no faster than it is read", async () => {
    let sent = 0;
    const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          sent++;
          controller.enqueue(new Uint8Array(encodeEnvelope(0, reply)));
        },
      },
      { highWaterMark: 0 },
    );
    const fetch = async () => new Response(source);
    const tappedFetch = createTappedFetch({ fetch, carriage, tap: tapInto([]), options: defaultCallOptions });
    const reader = (await tappedFetch("http://localhost/", rim)).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(sent).toBe(2);
  });

  it("passes a cancel on", async () => {
    const cancelled = Promise.withResolvers<unknown>();
    const fetch = async () => new Response(new ReadableStream({ cancel: cancelled.resolve }));
    const tappedFetch = createTappedFetch({ fetch, carriage, tap: tapInto([]), options: defaultCallOptions });
    const { body } = await tappedFetch("http://localhost/", rim);
    await body?.cancel("enough");
    expect(await cancelled.promise).toBe("enough");
  });

  it("is stopped at the network where it is refused", async () => {
    const cancelled = Promise.withResolvers<unknown>();
    const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(encodeEnvelope(0, reply))),
      cancel: cancelled.resolve,
    });
    const fetch = async () => new Response(source);
    const tappedFetch = createTappedFetch({
      fetch,
      carriage,
      tap: tapInto([]),
      options: { ...defaultCallOptions, maxReceivedBytes: 3 },
    });
    const { body } = await tappedFetch("http://localhost/", rim);
    const error = await errorOf(body?.getReader().read() ?? expect.unreachable());
    expect(error).toMatchObject({ code: Code.ResourceExhausted });
    expect(error.message).toContain("of 4 bytes is over the page's limit of 3");
    expect(await cancelled.promise).toBe(error);
  });
});

describe("createHttpTransport()", () => {
  it("writes and reads JSON in the dialect that was chosen", async () => {
    const told: Told = [];
    const json = { protoFieldNames: true, enumsAsNumbers: true, emitDefaults: true, ignoreUnknownFields: false };
    const fetch = createTappedFetch({
      fetch: async () => respond("application/json", [latin1('{"message":"Hi","news":1}')]),
      carriage: httpCarriage("connect-json", "unary"),
      tap: tapInto(told),
      options: defaultCallOptions,
    });
    const options = { baseUrl: "http://localhost", protocol: "connect-json", fetch, registry: typeRegistry } as const;
    const { message } = await createClient(Greeter, createHttpTransport(options)).sayHello({});
    expect(message).toBe("Hi");
    const strict = createClient(Greeter, createHttpTransport({ ...options, json }));
    expect(await errorOf(strict.sayHello({}))).toMatchObject({ rawMessage: expect.stringContaining('"news"') });
    const sent = told.filter(([name]) => name === "sent").map(([, wire]) => (wire as WireMessage).payload);
    expect(sent).toEqual([utf8("{}"), utf8('{"name":""}')]);
  });

  const year = 365 * 24 * 3_600_000;

  it.each([
    ["connect-json", 1.5, "connect-timeout-ms", "2"],
    ["connect-json", year, "connect-timeout-ms", "9999999999"],
    ["grpc-web", 30_000, "grpc-timeout", "30000m"],
    ["grpc-web", year, "grpc-timeout", "31536000S"],
  ] as const)("tells the server over %s a deadline of %d ms", async (protocol, timeoutMs, name, value) => {
    const { transport, requests } = createRig(protocol, "body", () => new TypeError("Failed to fetch"));
    await errorOf(createClient(Greeter, transport).sayHello({}, { timeoutMs }));
    expect(requests[0]?.headers.get(name)).toBe(value);
  });
});
