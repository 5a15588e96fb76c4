import { create } from "@bufbuild/protobuf";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Call, CallStart, CallState } from "../call/call.ts";
import { defaultCallOptions } from "../call/call-options.ts";
import { createCall } from "../call/create-call.ts";
import { createTurns } from "../call/turns.ts";
import { wireProtocols } from "../call/wire-protocol.ts";
import { typeRegistry } from "../schema/type-registry.ts";
import { createHttpSlots, type HttpSlots } from "./http-slots.ts";
import { createOpenTransport } from "./page-transport.ts";
import { watchResourceTiming } from "./resource-timing.ts";
import { type RunningServer, startServer } from "./testing/start-server.ts";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const freeSlots: HttpSlots = { take: () => () => undefined };

interface CallPlace {
  readonly baseUrl?: string;
  readonly token?: string;
  readonly target?: string;
}

function openCall(slots: HttpSlots = freeSlots, place: CallPlace = {}): Call {
  const { baseUrl = server.baseUrl, token, target = "local" } = place;
  const call = createCall({
    openTransport: createOpenTransport({
      baseUrl,
      token: () => token,
      fetch,
      webSocket: WebSocket,
      slots,
      nextTurn: setImmediate,
      target,
      watchTiming: (url) => watchResourceTiming(url, { observer: PerformanceObserver, clock: performance }),
    }),
    now: () => performance.timeOrigin + performance.now(),
    schedule: setImmediate,
    turns: createTurns({ post: setImmediate, now: () => performance.now() }),
  });
  onTestFinished(() => call.cancel());
  return call;
}

function until(call: Call, fits: (state: CallState) => boolean): Promise<CallState> {
  const reached = Promise.withResolvers<CallState>();
  const check = () => {
    if (fits(call.getState())) {
      reached.resolve(call.getState());
    }
  };
  onTestFinished(call.subscribe(check));
  check();
  return reached.promise;
}

const isClosed = ({ phase }: CallState) => phase.kind === "closed";

function run(start: Partial<CallStart> & Pick<CallStart, "method">, call = openCall()): Promise<CallState> {
  const settings = { protocol: "websocket", metadata: [], timeoutMs: 10_000, messages: [] } as const;
  call.start({ registry: typeRegistry, ...settings, ...start });
  return until(call, isClosed);
}

function statusOf({ phase }: CallState) {
  return phase.kind === "closed" ? phase.status : undefined;
}

function received({ log }: CallState): unknown[] {
  return Array.from({ length: log.length }, (_, i) => log.at(i)).flatMap((event) =>
    event?.direction === "received" ? [event.message] : [],
  );
}

function wires({ log }: CallState) {
  return Array.from({ length: log.length }, (_, i) => log.at(i)?.wire);
}

const { sayHello } = Greeter.method;
const { testClientRecvStream, testClientSendStream, testTwoWayStream } = demo.method;

function talk(count: number) {
  return Array.from({ length: count }, (_, i) => create(testTwoWayStream.input, { data: String(i) }));
}

describe.each(wireProtocols)("a unary call by %s", (protocol) => {
  it("answers with header, message, sizes and status", async () => {
    const messages = [create(sayHello.input, { name: "Ada" })];
    const state = await run({ method: sayHello, protocol, messages, metadata: [["x-a", "1"]] });
    expect(statusOf(state)).toMatchObject({ code: 0, origin: "server" });
    expect(received(state)).toMatchObject([{ message: "Hello, Ada!" }]);
    const json = protocol === "connect-json";
    expect(state.sent).toEqual({ messages: 1, bytes: json ? '{"name":"Ada"}'.length : 5 });
    expect(state.received).toEqual({ messages: 1, bytes: json ? '{"message":"Hello, Ada!"}'.length : 13 });
    expect(wires(state)).toEqual([
      expect.objectContaining({ carriedBytes: state.sent.bytes, format: json ? "json" : "binary" }),
      expect.objectContaining({ carriedBytes: state.received.bytes, format: json ? "json" : "binary" }),
    ]);
    const [request, response] = wires(state).map((wire) => Buffer.from(wire?.payload ?? []).toString());
    expect([request, response]).toEqual(
      json ? ['{"name":"Ada"}', '{"message":"Hello, Ada!"}'] : ["\n\x03Ada", "\n\vHello, Ada!"],
    );
    expect(state.headers?.map(([name]) => name)).toContain("content-type");
    expect(state.protocol).toBe(protocol);
  });

  it("ends with the server's status and its details", async () => {
    const method = ArticleService.method.articleDetail;
    const state = await run({ method, protocol, messages: [create(method.input, { pk: -1 })] });
    expect(statusOf(state)).toMatchObject({ name: "INVALID_ARGUMENT", origin: "server" });
    expect(statusOf(state)?.details).toMatchObject([
      { typeName: "google.rpc.BadRequest", message: { fieldViolations: [{ field: "pk" }] } },
    ]);
  });

  it("takes a deadline of a year", async () => {
    const messages = [create(sayHello.input)];
    const state = await run({ method: sayHello, protocol, messages, timeoutMs: 365 * 24 * 3_600_000 });
    expect(received(state)).toMatchObject([{ message: "Hello, world!" }]);
  });

  it("tells a server that is not there", async () => {
    const call = openCall(freeSlots, { baseUrl: "http://127.0.0.1:1/" });
    const state = await run({ method: sayHello, protocol, messages: [create(sayHello.input)] }, call);
    expect(statusOf(state)).toMatchObject({ name: "UNAVAILABLE", origin: "connection" });
  });
});

describe.each(wireProtocols)("compression by %s", (protocol) => {
  it.each([
    ["this server", "local"],
    ["another one behind the gateway", "other"],
  ])("reaches %s and comes back", async (_, target) => {
    await using gateway = await startServer(["--target", `other=${server.baseUrl}`]);
    const call = openCall(freeSlots, { baseUrl: gateway.baseUrl, target });
    const name = "Ada ".repeat(1_000);
    const options = { ...defaultCallOptions, requestCompression: "gzip", acceptedCompressions: ["gzip"] } as const;
    const messages = [create(sayHello.input, { name })];
    const state = await run({ method: sayHello, protocol, messages, options }, call);
    expect(statusOf(state)).toMatchObject({ name: "OK" });
    expect(received(state)).toMatchObject([{ message: `Hello, ${name}!` }]);
    const [sent, answer] = wires(state);
    for (const wire of [sent, answer]) {
      expect(wire?.payload.byteLength).toBeGreaterThan(4_000);
      expect(wire?.carriedBytes).toBeLessThan(200);
    }
    expect(sent).toMatchObject({ compression: "gzip", flags: protocol.startsWith("connect") ? undefined : 1 });
    expect(answer?.compression).toBe("gzip");
    expect(state.sent.bytes).toBe(sent?.carriedBytes);
  });
});

describe("the fields of a response", () => {
  it("stand as they were sent over WebSocket, and folded over fetch", async () => {
    const [webSocket, fetched] = await Promise.all(
      (["websocket", "grpc-web"] as const).map((protocol) =>
        run({ method: sayHello, protocol, messages: [create(sayHello.input)] }),
      ),
    );
    expect([webSocket?.foldedFields, fetched?.foldedFields]).toEqual([false, true]);
  });
});

describe("the times of a call", () => {
  it.each(wireProtocols)("are told in their order by %s", async (protocol) => {
    const call = openCall();
    await run({ method: sayHello, protocol, messages: [create(sayHello.input)] }, call);
    const { timing } = await until(call, ({ timing }) => timing.acceptedMs !== undefined);
    const { sentMs, acceptedMs, headersMs, firstMessageMs, lastMessageMs, endedMs } = timing;
    const times = [0, sentMs, acceptedMs, headersMs, firstMessageMs, lastMessageMs, endedMs];
    expect(times).toEqual(times.toSorted((a = Number.NaN, b = Number.NaN) => a - b));
    expect(times).not.toContain(undefined);
  });
});

describe.each(wireProtocols)("a server stream by %s", (protocol) => {
  it("tells messages as they come, and stops at the cancel", async () => {
    const call = openCall();
    const messages = [create(testClientRecvStream.input, { data: "tick" })];
    const ended = run({ method: testClientRecvStream, protocol, messages }, call);
    const open = await until(call, ({ received }) => received.messages === 1);
    expect(open.phase.kind).toBe("open");
    expect(received(open)).toMatchObject([{ result: "send 1 tick" }]);
    call.cancel();
    expect(statusOf(await ended)).toMatchObject({ name: "CANCELLED", origin: "page" });
  });

  it("ends at its deadline", async () => {
    const messages = [create(testClientRecvStream.input, { data: "x" })];
    const state = await run({ method: testClientRecvStream, protocol, messages, timeoutMs: 50 });
    expect(statusOf(state)?.name).toBe("DEADLINE_EXCEEDED");
  });

  it("ends with the server's status", async () => {
    const messages = [create(testClientRecvStream.input, { data: "close" })];
    const state = await run({ method: testClientRecvStream, protocol, messages });
    expect(statusOf(state)).toMatchObject({ name: "CANCELLED", origin: "server" });
  });
});

describe("a stream that the page sends", () => {
  it("is answered after its half-close", async () => {
    const call = openCall();
    const messages = ["one", "two", "three"].map((data) => create(testClientSendStream.input, { data }));
    const ended = run({ method: testClientSendStream, messages }, call);
    await until(call, ({ sent }) => sent.messages === 3);
    call.halfClose();
    const state = await ended;
    expect(received(state)).toMatchObject([{ result: "ok" }]);
    expect(state.trailers).toContainEqual(["grpc-status", "0"]);
  });

  it("is answered at once where the server has enough", async () => {
    const messages = Array.from({ length: 11 }, () => create(testClientSendStream.input));
    const state = await run({ method: testClientSendStream, messages });
    expect(received(state)).toMatchObject([{ result: "ok" }]);
    expect(statusOf(state)?.code).toBe(0);
  });

  it("talks both ways, one by one", async () => {
    const call = openCall();
    const ended = run({ method: testTwoWayStream, messages: talk(1) }, call);
    await until(call, ({ received }) => received.messages === 1);
    await call.send(talk(1));
    await until(call, ({ received }) => received.messages === 2);
    call.halfClose();
    const { log } = await ended;
    const directions = Array.from({ length: log.length }, (_, i) => log.at(i)?.direction);
    expect(directions).toEqual(["sent", "received", "sent", "received"]);
  });

  it("carries ten thousand messages each way, in order", async () => {
    const call = openCall();
    const ended = run({ method: testTwoWayStream, messages: talk(10_000) }, call);
    call.halfClose();
    const state = await ended;
    expect(statusOf(state)?.code).toBe(0);
    const expected = Array.from({ length: 10_000 }, (_, i) => `service send client ${i}`);
    expect(received(state).map((message) => (message as { result: string }).result)).toEqual(expected);
  });

  it("carries messages larger than the credit", async () => {
    const data = "x".repeat(2_000_000);
    const call = openCall();
    const ended = run({ method: testTwoWayStream, messages: [create(testTwoWayStream.input, { data })] }, call);
    call.halfClose();
    const state = await ended;
    expect(received(state)).toMatchObject([{ result: `service send client ${data}` }]);
    expect(state.sent.bytes).toBe(data.length + 4);
  });

  it("ends at once when it is cancelled", async () => {
    const call = openCall();
    const ended = run({ method: testTwoWayStream, messages: talk(1) }, call);
    await until(call, ({ received }) => received.messages === 1);
    call.cancel();
    expect(statusOf(await ended)).toMatchObject({ name: "CANCELLED", origin: "page" });
  });
});

describe("six server streams at once", () => {
  it("use four connections, and WebSockets for the rest", async () => {
    const slots = createHttpSlots({ isMultiplexed: () => false });
    const calls = Array.from({ length: 6 }, () => openCall(slots));
    for (const call of calls) {
      const messages = [create(testClientRecvStream.input, { data: "x" })];
      const settings = { registry: typeRegistry, metadata: [], timeoutMs: undefined };
      call.start({ method: testClientRecvStream, protocol: "grpc-web", ...settings, messages });
    }
    await Promise.all(calls.map((call) => until(call, ({ received }) => received.messages > 0)));
    const used = calls.map((call) => call.getState().protocol);
    expect(used).toEqual([...Array<string>(4).fill("grpc-web"), "websocket", "websocket"]);
    calls[0]?.cancel();
    expect(slots.take()).toBeTypeOf("function");
  });
});

describe("a server that asks for a token", () => {
  it("answers the page that has it, over every protocol, and refuses the one that has another", async () => {
    await using guarded = await startServer(["--token", "s3cret"]);
    for (const protocol of wireProtocols) {
      const start = { method: sayHello, protocol, messages: [create(sayHello.input)] };
      const welcome = await run(start, openCall(freeSlots, { baseUrl: guarded.baseUrl, token: "s3cret" }));
      expect(statusOf(welcome)).toMatchObject({ name: "OK" });
      const refused = await run(start, openCall(freeSlots, { baseUrl: guarded.baseUrl, token: "wrong" }));
      expect(statusOf(refused)).toMatchObject({ name: "UNAUTHENTICATED", origin: "server" });
    }
  });
});

describe("another target", () => {
  it("is called through the gateway over every protocol, and the gateway owns up to what it ends", async () => {
    const away = "away=h2c://127.0.0.1:1";
    await using gateway = await startServer(["--target", `other=${server.baseUrl}`, "--target", away]);
    for (const protocol of wireProtocols) {
      const start = { method: sayHello, protocol, messages: [create(sayHello.input, { name: "Ada" })] };
      const answered = await run(start, openCall(freeSlots, { baseUrl: gateway.baseUrl, target: "other" }));
      expect(statusOf(answered)).toMatchObject({ name: "OK", origin: "server" });
      expect(received(answered)).toMatchObject([{ message: "Hello, Ada!" }]);
      const refused = await run(start, openCall(freeSlots, { baseUrl: gateway.baseUrl, target: "away" }));
      expect(statusOf(refused), protocol).toMatchObject({ name: "UNAVAILABLE", origin: "gateway" });
    }
  });
});
