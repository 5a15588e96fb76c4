import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createRouterTransport, type Transport } from "@connectrpc/connect";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { typeRegistry } from "../schema/type-registry.ts";
import { createConnectionError } from "./broken-connection.ts";
import type { Call, CallStart, CallState } from "./call.ts";
import { createCall } from "./create-call.ts";
import type { OpenTransport } from "./open-transport.ts";
import { createTurns } from "./turns.ts";
import type { WireMessage } from "./wire-message.ts";
import type { WireTap } from "./wire-tap.ts";

function carried<Desc extends DescMessage>(type: Desc, init: MessageInitShape<Desc>): WireMessage {
  const payload = toBinary(type, create(type, init));
  return { flags: 0, carriedBytes: payload.byteLength, payload, format: "binary", compression: undefined };
}

/** A transport in memory that reports messages to the tap as they pass. */
function tapped(transport: Transport): OpenTransport {
  return ({ tap, protocol }) => ({
    protocol,
    transport: {
      async unary(method, signal, timeoutMs, header, input, contextValues) {
        tap.requestMessage(carried(method.input, input));
        const response = await transport.unary(method, signal, timeoutMs, header, input, contextValues);
        tap.responseHeaders([...response.header], 200);
        tap.responseMessage(carried(method.output, response.message));
        tap.responseTrailers([...response.trailer]);
        return response;
      },
      async stream(method, signal, timeoutMs, header, input, contextValues) {
        async function* told() {
          for await (const message of input) {
            tap.requestMessage(carried(method.input, message));
            yield message;
          }
        }
        tap.accepted();
        const response = await transport.stream(method, signal, timeoutMs, header, told(), contextValues);
        async function* counted() {
          for await (const message of response.message) {
            tap.responseMessage(carried(method.output, message));
            yield message;
          }
        }
        return { ...response, message: counted() };
      },
    },
  });
}

const router = createRouterTransport(({ service }) => {
  service(Greeter, {
    sayHello({ name }, context) {
      context.responseTrailer.set("x-trailer", "there");
      if (name === "") {
        const violation = { fieldViolations: [{ field: "name", description: "is empty" }] };
        const detail = { desc: BadRequestSchema, value: violation };
        throw new ConnectError("no name", Code.InvalidArgument, undefined, [detail]);
      }
      return { message: `Hello, ${name}!` };
    },
  });
  service(demo, {
    async *testClientRecvStream({ data }, { signal }) {
      for (let n = 1; !signal.aborted && (n <= 1000 || data === "endless"); n++) {
        yield { result: `${data} ${n}` };
        if (data === "endless") {
          await new Promise(setImmediate);
        }
      }
    },
    async testClientSendStream(requests) {
      let count = 0;
      for await (const _ of requests) {
        count++;
      }
      return { result: `ok ${count}` };
    },
    async *testTwoWayStream(requests) {
      for await (const { data } of requests) {
        yield { result: data };
      }
    },
  });
});

interface Rig {
  readonly call: Call;
  /** Resolves when the state fits. */
  until(fits: (state: CallState) => boolean): Promise<CallState>;
  /** Runs what was scheduled. */
  frame(): void;
}

function createRig(openTransport: OpenTransport = tapped(router)): Rig {
  let clock = 1_000;
  const callbacks: (() => void)[] = [];
  const call = createCall({
    openTransport,
    now: () => clock++,
    schedule: (callback) => callbacks.push(callback),
    turns: createTurns({ post: setImmediate, now: () => performance.now() }),
  });
  onTestFinished(() => call.cancel());
  return {
    call,
    frame() {
      for (const callback of callbacks.splice(0)) {
        callback();
      }
    },
    until: (fits) =>
      new Promise((resolve) => {
        const check = () => {
          if (fits(call.getState())) {
            unsubscribe();
            resolve(call.getState());
          }
        };
        const unsubscribe = call.subscribe(check);
        check();
      }),
  };
}

const isClosed = ({ phase }: CallState) => phase.kind === "closed";

function startOf(
  method: CallStart["method"],
  messages: CallStart["messages"],
  rest: Partial<CallStart> = {},
): CallStart {
  const settings = { protocol: "connect-json", metadata: [], timeoutMs: undefined } as const;
  return { method, registry: typeRegistry, messages, ...settings, ...rest };
}

function hello(name: string, rest: Partial<CallStart> = {}): CallStart {
  return startOf(Greeter.method.sayHello, [create(Greeter.method.sayHello.input, { name })], rest);
}

function chat(count: number): Iterable<ReturnType<typeof chatMessage>> {
  return Array.from({ length: count }, (_, i) => chatMessage(i));
}

function chatMessage(i: number) {
  return create(demo.method.testTwoWayStream.input, { data: `m${i}` });
}

describe("createCall()", () => {
  it("is idle before its first run", () => {
    expect(createRig().call.getState()).toMatchObject({ runId: 0, phase: { kind: "idle" }, queued: 0 });
  });

  it("tells a unary call from the beginning to the end", async () => {
    const { call, until } = createRig();
    const phases: string[] = [];
    call.subscribe(() => phases.push(call.getState().phase.kind));
    call.start(hello("Ada"));
    const state = await until(isClosed);
    expect(phases).toEqual(["opening", "open", "closed"]);
    expect(state).toMatchObject({
      runId: 1,
      phase: { status: { code: 0, name: "OK", origin: "server" } },
      sent: { messages: 1, bytes: 5 },
      received: { messages: 1, bytes: 13 },
      trailers: [["x-trailer", "there"]],
      halfClosed: true,
      queued: 0,
    });
    expect([state.log.at(0), state.log.at(1)]).toMatchObject([
      { direction: "sent", ordinal: 1, message: { name: "Ada" }, wireBytes: 5, wire: { flags: 0 } },
      { direction: "received", ordinal: 1, message: { message: "Hello, Ada!" }, wireBytes: 13 },
    ]);
    expect(state.endedMs).toBeGreaterThan(state.firstMessageMs ?? Number.NaN);
  });

  it("decodes the details of an error", async () => {
    const { call, until } = createRig();
    call.start(hello(""));
    const { phase } = await until(isClosed);
    expect(phase).toMatchObject({
      status: {
        name: "INVALID_ARGUMENT",
        message: "no name",
        origin: "server",
        details: [{ typeName: "google.rpc.BadRequest", message: { fieldViolations: [{ field: "name" }] } }],
      },
    });
  });

  it("keeps the message at which the transport failed", async () => {
    const wire = {
      flags: 0,
      carriedBytes: 1,
      payload: Uint8Array.of(7),
      format: "binary",
      compression: undefined,
    } as const;
    const { call, until } = createRig(({ tap, protocol }) => {
      const fail = async () => {
        tap.requestStarted();
        tap.responseMessage(wire);
        throw new ConnectError("can't decode", Code.InvalidArgument);
      };
      return { protocol, transport: { unary: fail, stream: fail } };
    });
    call.start(hello("Ada"));
    expect(await until(isClosed)).toMatchObject({
      undecoded: wire,
      received: { messages: 0 },
      phase: { status: { name: "INTERNAL", message: "the answer can't be read: can't decode", origin: "page" } },
    });
    call.start(hello("Ada"));
    expect(call.getState().undecoded).toBeUndefined();
  });

  it("takes the moment of the connection from the browser also after the end, for the run that it belongs to", async () => {
    const taps: WireTap[] = [];
    const open = tapped(router);
    const { call, until, frame } = createRig((request) => {
      taps.push(request.tap);
      return open(request);
    });
    call.start(hello("Ada"));
    await until(isClosed);
    taps[0]?.connected((call.getState().startedAt ?? 0) + 2);
    frame();
    expect(call.getState().timing.acceptedMs).toBe(2);
    call.start(hello("Bob"));
    taps[0]?.connected((call.getState().startedAt ?? 0) + 2);
    frame();
    expect(call.getState().timing.acceptedMs).toBeUndefined();
  });

  it("tells a broken connection apart from a server's status", async () => {
    const failing = () => Promise.reject(createConnectionError("the server can't be reached"));
    const { call, until } = createRig(({ protocol }) => ({ protocol, transport: { unary: failing, stream: failing } }));
    call.start(hello("Ada"));
    expect((await until(isClosed)).phase).toMatchObject({ status: { name: "UNAVAILABLE", origin: "connection" } });
  });

  it.each([
    ["metadata that is not allowed", { metadata: [["grpc-status", "0"]] }, "INVALID_ARGUMENT"],
    ["metadata with a line break", { metadata: [["x-a", "1\r\nx-b: 2"]] }, "INVALID_ARGUMENT"],
    ["a deadline of 0", { timeoutMs: 0 }, "DEADLINE_EXCEEDED"],
    ["no message", { messages: [] }, "INVALID_ARGUMENT"],
  ] as const)("ends at the page with %s", async (_, rest, name) => {
    const { call, until } = createRig();
    call.start(hello("Ada", rest));
    expect((await until(isClosed)).phase).toMatchObject({ status: { name, origin: "page" } });
  });

  it("logs nothing after the cancel", async () => {
    const { call, frame } = createRig();
    const { testClientRecvStream } = demo.method;
    call.start(startOf(testClientRecvStream, [create(testClientRecvStream.input, { data: "endless" })]));
    await expect.poll(() => call.getState().log.total).toBeGreaterThan(3);
    const before = call.getState().log.total;
    call.cancel();
    const { phase, log } = call.getState();
    expect(phase).toMatchObject({ status: { name: "CANCELLED", origin: "page" } });
    await new Promise(setImmediate);
    frame();
    expect(log.total).toBe(before);
    expect(call.getState().received.messages).toBe(before - 1);
  });

  it("tells listeners of messages once a frame", async () => {
    const { call, until, frame } = createRig();
    const { testClientRecvStream } = demo.method;
    let told = 0;
    call.subscribe(() => told++);
    call.start(startOf(testClientRecvStream, [create(testClientRecvStream.input)]));
    const { log } = await until(isClosed);
    expect(log.total).toBe(1001);
    // Opening, open and closed; the frame is still to come.
    expect(told).toBe(3);
    frame();
    expect(told).toBe(4);
  });

  it("keeps an older run's events out of a newer run", async () => {
    const { call, until } = createRig();
    call.start(hello("first"));
    call.start(hello("second"));
    const { log, runId } = await until(isClosed);
    expect(runId).toBe(2);
    expect([log.total, log.at(1)?.message]).toMatchObject([2, { message: "Hello, second!" }]);
  });

  it("talks both ways in true order until the half-close", async () => {
    const { call, until } = createRig();
    call.start(startOf(demo.method.testTwoWayStream, chat(1)));
    await until(({ phase }) => phase.kind === "open");
    await call.send(chat(2));
    call.halfClose();
    const { log, phase, sent, received } = await until(isClosed);
    expect(phase).toMatchObject({ status: { code: 0 } });
    expect([sent.messages, received.messages, log.total]).toEqual([3, 3, 6]);
    await expect(call.send(chat(1))).rejects.toMatchObject({ code: Code.FailedPrecondition });
  });

  it("sends a hundred thousand messages without holding them all", async () => {
    const { call, until } = createRig();
    let made = 0;
    let most = 0;
    function* many() {
      for (let i = 0; i < 100_000; i++) {
        made++;
        most = Math.max(most, made - call.getState().log.total);
        yield chatMessage(i);
      }
    }
    call.start(startOf(demo.method.testClientSendStream, []));
    await until(({ phase }) => phase.kind === "open");
    await call.send(many());
    call.halfClose();
    const { log, sent } = await until(isClosed);
    expect(sent.messages).toBe(100_000);
    expect(most).toBeLessThan(10);
    expect(log.at(log.length - 1)?.message).toMatchObject({ result: "ok 100000" });
  });

  it("rejects what waits when the call ends, and counts it until then", async () => {
    const stuck: OpenTransport = ({ protocol, tap }) => ({
      protocol,
      transport: {
        unary: () => new Promise(() => undefined),
        stream: () => {
          tap.accepted();
          return new Promise(() => undefined);
        },
      },
    });
    const { call, frame } = createRig(stuck);
    call.start(startOf(demo.method.testTwoWayStream, []));
    const sent = call.send(chat(5));
    frame();
    expect(call.getState().queued).toBe(5);
    call.cancel();
    await expect(sent).rejects.toMatchObject({ code: Code.Canceled });
    expect(call.getState().queued).toBe(0);
  });
});
