import { setImmediate as nextTurn } from "node:timers/promises";
import { Code, ConnectError, createClient, type ServiceImpl } from "@connectrpc/connect";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, it } from "vitest";
import { createAuthenticate } from "../rpc/authenticate.ts";
import { createCallEngine } from "../rpc/call-engine.ts";
import { createCallLines } from "../testing/call-lines.ts";
import { createLoopbackDial } from "../testing/dial-loopback.ts";
import { startDrivenClock } from "../testing/driven-clock.ts";
import { startEngineServer } from "../testing/start-engine-server.ts";
import { DialError } from "./dial/dial.ts";
import type { Wire } from "./gateway-target.ts";
import { createLocalUpstream } from "./local-upstream.ts";
import { createUpstream } from "./upstream/create-upstream.ts";
import type { UpstreamFault } from "./upstream/upstream-fault.ts";
import { createUpstreamTransport, type UpstreamTransportOptions } from "./upstream-transport.ts";

const wires: readonly Wire[] = ["grpc", "grpc-web", "connect"];

/** A client of services in this process, with the lines of their calls. */
function createLocalClient(services: Partial<ServiceImpl<typeof demo>>, options: Partial<UpstreamTransportOptions>) {
  const { write, line } = createCallLines();
  const engine = createCallEngine({
    routes: (router) => router.service(demo, services),
    authenticate: createAuthenticate(undefined),
    log: write,
    requestTimeout: 60_000,
    // Compressing goes on in another thread, in its own time.
    acceptCompression: [],
  });
  const upstream = createLocalUpstream(engine);
  const client = createClient(demo, createUpstreamTransport({ upstream, wire: "grpc", ...options }));
  return { client, line };
}

/** A service that answers nothing, and what it learns of its call. */
function createSilence() {
  const begun = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<void>();
  const hellojlc: ServiceImpl<typeof demo>["hellojlc"] = (_request, { signal }) => {
    signal.addEventListener("abort", () => cancelled.resolve());
    begun.resolve();
    return new Promise(() => {});
  };
  return { services: { hellojlc }, begun: begun.promise, cancelled: cancelled.promise };
}

/** A client of services on a port of their own, over real connections. */
async function startRemoteClient(services: Partial<ServiceImpl<typeof demo>>, wire: Wire) {
  await using resources = new AsyncDisposableStack();
  const server = resources.use(await startEngineServer((router) => router.service(demo, services)));
  const upstream = createUpstream({
    dial: createLoopbackDial(server.port),
    scheme: "http",
    authority: `127.0.0.1:${server.port}`,
    keepaliveMs: undefined,
  });
  resources.defer(() => upstream.close());
  const client = createClient(demo, createUpstreamTransport({ upstream, wire }));
  const kept = resources.move();
  return { client, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Lets everything go on that waits for nobody: far more turns of the event loop than it takes to pass 1,000 messages. */
async function turns(): Promise<void> {
  for (let i = 0; i < 5_000; i++) {
    await nextTurn();
  }
}

async function* items(count: number): AsyncGenerator<{ data: string }> {
  for (let i = 0; i < count; i++) {
    yield { data: `${i}` };
  }
}

describe.each(wires)("a transport over an upstream by %s", (wire) => {
  it("makes a unary call with metadata both ways", async () => {
    const { client, line } = createLocalClient(
      {
        hellojlc: ({ name }, { requestHeader, responseHeader, responseTrailer }) => {
          responseHeader.set("x-header", requestHeader.get("x-request") ?? "");
          responseTrailer.set("x-trailer", "t");
          return { result: name };
        },
      },
      { wire },
    );
    let header: Headers | undefined;
    let trailer: Headers | undefined;
    const reply = await client.hellojlc(
      { name: "n" },
      {
        headers: { "x-request": "r" },
        onHeader: (fields) => {
          header = fields;
        },
        onTrailer: (fields) => {
          trailer = fields;
        },
      },
    );
    expect(reply.result).toBe("n");
    expect(header?.get("x-header")).toBe("r");
    expect(trailer?.get("x-trailer")).toBe("t");
    expect(await line()).toMatchObject({ protocol: wire, status: "OK", peer: "in-process" });
  });

  it("streams both ways at a time", async () => {
    const { client } = createLocalClient(
      {
        async *testTwoWayStream(requests) {
          for await (const { data } of requests) {
            yield { result: data };
          }
        },
      },
      { wire },
    );
    const sent: string[] = [];
    const answered = Promise.withResolvers<void>();
    async function* requests() {
      yield { data: "a" };
      await answered.promise;
      yield { data: "b" };
    }
    for await (const { result } of client.testTwoWayStream(requests())) {
      sent.push(result);
      answered.resolve();
    }
    expect(sent).toEqual(["a", "b"]);
  });

  it("fails with the code and the message of the service", async () => {
    const { client } = createLocalClient(
      {
        hellojlc: () => {
          throw new ConnectError("no such name", Code.NotFound);
        },
      },
      { wire },
    );
    await expect(client.hellojlc({})).rejects.toMatchObject({ code: Code.NotFound, rawMessage: "no such name" });
  });

  it("tells the service that the call was cancelled", async () => {
    const silence = createSilence();
    const { client, line } = createLocalClient(silence.services, { wire });
    const abort = new AbortController();
    const call = client.hellojlc({}, { signal: abort.signal });
    await silence.begun;
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    await silence.cancelled;
    expect(await line()).toMatchObject({ status: "CANCELLED" });
  });

  it("sends the deadline with what is left of it", async () => {
    const { client } = createLocalClient(
      { hellojlc: (_request, context) => ({ result: `${context.timeoutMs()}` }) },
      { wire },
    );
    using _clock = startDrivenClock();
    expect((await client.hellojlc({}, { timeoutMs: 5_000 })).result).toBe("5000");
  });
});

describe.each(wires)("a transport over connections by %s", (wire) => {
  it("streams both ways at a time", async () => {
    await using remote = await startRemoteClient(
      {
        async *testTwoWayStream(requests) {
          for await (const { data } of requests) {
            yield { result: data };
          }
        },
      },
      wire,
    );
    const results: string[] = [];
    for await (const { result } of remote.client.testTwoWayStream(items(3))) {
      results.push(result);
    }
    expect(results).toEqual(["0", "1", "2"]);
  });

  it("gives a large message whole", async () => {
    await using remote = await startRemoteClient({ hellojlc: ({ name }) => ({ result: name }) }, wire);
    const name = "n".repeat(3_000_000);
    expect((await remote.client.hellojlc({ name })).result).toBe(name);
  });

  it("ends at the deadline, and cancels the call", async () => {
    const silence = createSilence();
    await using remote = await startRemoteClient(silence.services, wire);
    using clock = startDrivenClock();
    const ended = expect(remote.client.hellojlc({}, { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: Code.DeadlineExceeded,
    });
    await silence.begun;
    clock.advance(5_001);
    await ended;
    await silence.cancelled;
  });
});

describe("a transport over an upstream", () => {
  it("fails with the fault as the cause where there is no connection", async () => {
    const fault: UpstreamFault = { code: Code.Unavailable, message: "refused", endedBy: "gateway", kind: "refused" };
    const dial = () => Promise.reject(new DialError("connect", fault));
    const upstream = createUpstream({ dial, scheme: "http", authority: "127.0.0.1:1", keepaliveMs: undefined });
    const client = createClient(demo, createUpstreamTransport({ upstream, wire: "grpc" }));
    await expect(client.hellojlc({})).rejects.toMatchObject({
      code: Code.Unavailable,
      rawMessage: "refused",
      cause: fault,
    });
    upstream.close();
  });

  it("puts its own fields in the place of the call's", async () => {
    const { client } = createLocalClient(
      { hellojlc: (_request, { requestHeader }) => ({ result: requestHeader.get("x-key") ?? "" }) },
      { fields: ["x-key", "held", "x-key", "twice"] },
    );
    const { result } = await client.hellojlc({}, { headers: { "x-key": "mine" } });
    expect(result).toBe("held, twice");
  });

  it("refuses a message over its limit", async () => {
    const { client } = createLocalClient({ hellojlc: () => ({ result: "r".repeat(200) }) }, { readMaxBytes: 100 });
    await expect(client.hellojlc({})).rejects.toMatchObject({ code: Code.ResourceExhausted });
  });

  it("holds the service while nobody reads", async () => {
    let made = 0;
    const { client } = createLocalClient(
      {
        async *testClientRecvStream() {
          for (; made < 1_000; made++) {
            yield { result: "r".repeat(10_000) };
          }
        },
      },
      {},
    );
    const responses = client.testClientRecvStream({})[Symbol.asyncIterator]();
    await responses.next();
    await turns();
    expect(made).toBeLessThan(100);
    for (let result = await responses.next(); result.done !== true; result = await responses.next()) {}
    expect(made).toBe(1_000);
  });

  it("holds the caller while the service doesn't read", async () => {
    const goOn = Promise.withResolvers<void>();
    let sent = 0;
    const { client } = createLocalClient(
      {
        async testClientSendStream(requests) {
          await goOn.promise;
          let count = 0;
          for await (const _request of requests) {
            count++;
          }
          return { result: `${count}` };
        },
      },
      {},
    );
    async function* requests() {
      for await (const { data } of items(1_000)) {
        sent++;
        yield { data: data.padEnd(10_000) };
      }
    }
    const call = client.testClientSendStream(requests());
    await turns();
    expect(sent).toBeLessThan(100);
    goOn.resolve();
    expect((await call).result).toBe("1000");
  });
});
