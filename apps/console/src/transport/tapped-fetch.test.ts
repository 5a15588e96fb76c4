import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { BrokenConnection } from "../call/broken-connection.ts";
import type { WireMessage } from "../call/wire-message.ts";
import type { WireTap } from "../call/wire-tap.ts";
import { typeRegistry } from "../schema/type-registry.ts";
import { createHttpTransport, type HttpProtocol } from "./http-transport.ts";
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
    accepted: note("accepted"),
    responseHeaders: note("headers"),
    responseMessage: note("received"),
    responseTrailers: note("trailers"),
  };
}

function formatOf(protocol: HttpProtocol): WireMessage["format"] {
  return protocol === "connect-json" ? "json" : "binary";
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
function createRig(protocol: HttpProtocol, framing: "body" | "envelopes", answer: () => Response | Error): Rig {
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
    fetch: createTappedFetch({ fetch, framing, format: formatOf(protocol), tap: tapInto(told) }),
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

describe("the response of a tapped fetch", () => {
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
    const tappedFetch = createTappedFetch({ fetch, framing: "envelopes", format: "binary", tap: tapInto([]) });
    const reader = (await tappedFetch("http://localhost/", rim)).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(sent).toBe(2);
  });

  it("passes a cancel on", async () => {
    const cancelled = Promise.withResolvers<unknown>();
    const fetch = async () => new Response(new ReadableStream({ cancel: cancelled.resolve }));
    const tappedFetch = createTappedFetch({ fetch, framing: "envelopes", format: "binary", tap: tapInto([]) });
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
      framing: "envelopes",
      format: "binary",
      tap: tapInto([]),
      maxMessageBytes: 3,
    });
    const { body } = await tappedFetch("http://localhost/", rim);
    const error = await errorOf(body?.getReader().read() ?? expect.unreachable());
    expect(error).toMatchObject({ code: Code.ResourceExhausted });
    expect(error.message).toContain("of 4 bytes is over the page's limit of 3");
    expect(await cancelled.promise).toBe(error);
  });
});

describe("createHttpTransport()", () => {
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
