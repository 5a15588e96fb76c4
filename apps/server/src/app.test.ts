import { once } from "node:events";
import { connect } from "node:http2";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "./testing/raw-socket.ts";
import { startTestApp } from "./testing/start-test-app.ts";

type CreateTransport = (baseUrl: string) => Transport;

const http2Carriers: readonly (readonly [string, CreateTransport])[] = [
  ["gRPC over h2c", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-Web over h2c", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "2" })],
  ["Connect over h2c", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
];

const carriers: typeof http2Carriers = [
  ...http2Carriers,
  ["gRPC-Web over HTTP/1.1", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect over HTTP/1.1", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  [
    "Connect JSON over HTTP/1.1",
    (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false }),
  ],
];

async function* dataOf(count: number): AsyncGenerator<{ data: string }> {
  for (let i = 0; i < count; i++) {
    yield { data: String(i) };
  }
}

describe.each(carriers)("a call with %s", (_name, createTransport) => {
  it("answers a unary call", async () => {
    await using server = await startTestApp();
    const client = createClient(Greeter, createTransport(server.baseUrl));
    expect((await client.sayHello({ name: "a" })).message).toBe("Hello, a!");
    expect(await server.logged({ method: "/Greeter/SayHello" })).toMatchObject({ status: "OK", msg: "call" });
  });

  it("answers a client stream", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    expect((await client.testClientSendStream(dataOf(3))).result).toBe("ok");
  });

  it("stops a server stream within a second of the client's leaving", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    const leave = new AbortController();
    const reading = (async () => {
      for await (const { result } of client.testClientRecvStream({ data: "x" }, { signal: leave.signal })) {
        expect(result).toBe("send 1 x");
        leave.abort();
      }
    })();
    await expect(reading).rejects.toThrow();
    const left = performance.now();
    expect((await server.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
    expect(performance.now() - left).toBeLessThan(1_000);
  });

  it("passes on the error of a service", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    const read = async () => {
      for await (const message of client.testClientRecvStream({ data: "close" })) {
        throw new Error(`unexpected ${message.result}`);
      }
    };
    await expect(read()).rejects.toMatchObject({ code: Code.Canceled });
  });

  it("refuses a message over the limit", async () => {
    await using server = await startTestApp({ flags: ["--max-message-bytes", "1000"] });
    const client = createClient(Greeter, createTransport(server.baseUrl));
    await expect(client.sayHello({ name: "n".repeat(1001) })).rejects.toMatchObject({ code: Code.ResourceExhausted });
    expect((await server.logged({ method: "/Greeter/SayHello" })).status).toBe("RESOURCE_EXHAUSTED");
  });

  it("needs the token, where there is one", async () => {
    await using server = await startTestApp({ flags: ["--token", "s3cret"] });
    const client = createClient(Greeter, createTransport(server.baseUrl));
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unauthenticated });
    expect((await client.sayHello({}, { headers: { authorization: "Bearer s3cret" } })).message).toBe("Hello, world!");
  });

  it("ends a server stream with UNAVAILABLE when the server drains", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    let drained: Promise<void> | undefined;
    const reading = (async () => {
      for await (const _message of client.testClientRecvStream({ data: "x" })) {
        drained = server.app.drain();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: Code.Unavailable });
    await drained;
  });

  it("ends with DEADLINE_EXCEEDED at a deadline of one millisecond", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    const slow = (async function* () {
      yield { data: "x" };
      await server.logged({ method: "/test.demo/TestClientSendStream" });
    })();
    await expect(client.testClientSendStream(slow, { timeoutMs: 1 })).rejects.toMatchObject({
      code: Code.DeadlineExceeded,
    });
  });

  it("takes a deadline of a year", async () => {
    await using server = await startTestApp();
    const client = createClient(Greeter, createTransport(server.baseUrl));
    const yearHeader = { "grpc-timeout": "8760H", "connect-timeout-ms": "3153600000" };
    expect((await client.sayHello({ name: "y" }, { headers: yearHeader })).message).toBe("Hello, y!");
  });
});

describe("a client whose connection drops", () => {
  const stream = {
    ":method": "POST",
    ":path": "/test.demo/TestClientRecvStream",
    "content-type": "application/connect+json",
  };
  const body = "\0\0\0\0\x02{}";

  it("stops its stream within a second over HTTP/2", async () => {
    await using server = await startTestApp();
    const session = connect(server.baseUrl);
    const request = session.request(stream);
    request.on("error", () => {}).end(body);
    await once(request, "data");
    session.destroy();
    const left = performance.now();
    expect((await server.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
    expect(performance.now() - left).toBeLessThan(1_000);
  });

  it("stops its stream within a second over HTTP/1.1", async () => {
    await using server = await startTestApp();
    const socket = await openRawSocket(server.port);
    socket.write(
      [
        `POST ${stream[":path"]} HTTP/1.1`,
        `host: localhost:${server.port}`,
        `content-type: ${stream["content-type"]}`,
        `content-length: ${body.length}`,
        "",
        body,
      ].join("\r\n"),
    );
    await socket.received("send 1");
    socket[Symbol.dispose]();
    const left = performance.now();
    expect((await server.logged({ method: "/test.demo/TestClientRecvStream" })).status).toBe("CANCELLED");
    expect(performance.now() - left).toBeLessThan(1_000);
  });
});

describe.each(http2Carriers)("a bidi stream with %s", (_name, createTransport) => {
  it("answers each message before the next is sent", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createTransport(server.baseUrl));
    const answered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const requests = (async function* () {
      yield { data: "0" };
      await answered[0]?.promise;
      yield { data: "1" };
      await answered[1]?.promise;
    })();
    const results: string[] = [];
    for await (const { result } of client.testTwoWayStream(requests)) {
      answered[results.length]?.resolve();
      results.push(result);
    }
    expect(results).toEqual(["service send client 0", "service send client 1"]);
  });
});

describe("drain()", () => {
  it("lets a client stream that runs end in its own time", async () => {
    await using server = await startTestApp();
    const client = createClient(demo, createGrpcTransport({ baseUrl: server.baseUrl }));
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const requests = (async function* () {
      yield { data: "a" };
      begun.resolve();
      await finish.promise;
    })();
    const answer = client.testClientSendStream(requests);
    await begun.promise;
    // The first message has been read by now, but not by the server for certain: a second call makes sure.
    await createClient(Greeter, createGrpcTransport({ baseUrl: server.baseUrl })).sayHello({});
    const drained = server.app.drain();
    finish.resolve();
    expect((await answer).result).toBe("ok");
    await drained;
  });

  it("ends a client stream with UNAVAILABLE after the grace", async () => {
    await using server = await startTestApp({ flags: ["--shutdown-grace", "50ms"] });
    const client = createClient(demo, createGrpcTransport({ baseUrl: server.baseUrl }));
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const requests = (async function* () {
      yield { data: "a" };
      begun.resolve();
      await ended.promise;
    })();
    const answer = client.testClientSendStream(requests);
    await begun.promise;
    await createClient(Greeter, createGrpcTransport({ baseUrl: server.baseUrl })).sayHello({});
    const drained = server.app.drain();
    await expect(answer).rejects.toMatchObject({ code: Code.Unavailable });
    ended.resolve();
    await drained;
  });

  it("tells who watches the health that the server no longer serves", async () => {
    await using server = await startTestApp();
    const client = createClient(Health, createGrpcTransport({ baseUrl: server.baseUrl }));
    const states: Status[] = [];
    const watching = (async () => {
      for await (const { status } of client.watch({})) {
        states.push(status);
        if (status === Status.SERVING) {
          void server.app.drain();
        }
      }
    })();
    await expect(watching).rejects.toMatchObject({ code: Code.Unavailable });
    expect(states).toEqual([Status.SERVING, Status.NOT_SERVING]);
  });

  it("is done at once when nothing runs, whatever connections are idle", async () => {
    await using server = await startTestApp();
    await createClient(Greeter, createGrpcTransport({ baseUrl: server.baseUrl })).sayHello({});
    await createClient(Greeter, createConnectTransport({ baseUrl: server.baseUrl, httpVersion: "1.1" })).sayHello({});
    const start = performance.now();
    await server.app.drain();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe("an unknown method", () => {
  it.each(carriers)("is UNIMPLEMENTED with its path, with %s", async (_name, createTransport) => {
    await using server = await startTestApp();
    const transport = createTransport(server.baseUrl);
    const method = { ...Greeter.method.sayHello, name: "Nope" };
    const call = transport.unary(method, undefined, undefined, undefined, {});
    const error = await call.then(() => undefined, ConnectError.from);
    expect(error?.code).toBe(Code.Unimplemented);
    expect(error?.rawMessage).toContain("/Greeter/Nope");
    expect((await server.logged({ method: "/Greeter/Nope" })).status).toBe("UNIMPLEMENTED");
  });
});
