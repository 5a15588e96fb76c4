import { once } from "node:events";
import { type ClientHttp2Stream, connect } from "node:http2";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  type ConnectRouterOptions,
  createContextKey,
} from "@connectrpc/connect";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { startEngineServer } from "../testing/start-engine-server.ts";
import { createEnvelope } from "./envelope.ts";

type Routes = (router: ConnectRouter) => void;

const serverStream = "/test.demo/TestClientRecvStream";
const twoWay = "/test.demo/TestTwoWayStream";

/** A server with these routes, and a function that opens gRPC calls to it. */
async function start(routes: Routes, options?: ConnectRouterOptions) {
  const server = await startEngineServer(routes, options);
  const session = connect(`http://localhost:${server.port}`);
  return {
    open(path: string, headers: Record<string, string> = {}): ClientHttp2Stream {
      return session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", ...headers });
    },
    async [Symbol.asyncDispose]() {
      session.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

const noMessage = createEnvelope(0, new Uint8Array());

/** Resolves with the trailers of a call, and with what came before them. */
async function finished(stream: ClientHttp2Stream) {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [trailers] = await once(stream, "trailers");
  return { trailers, chunks, bytes: Buffer.concat(chunks) };
}

describe("the head of a stream", () => {
  it("leaves when the service has begun, before it has a message", async () => {
    await using server = await start((router) =>
      router.service(demo, {
        async *testClientRecvStream(_request, context) {
          context.responseHeader.set("x-early", "1");
          await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
        },
      }),
    );
    const stream = server.open(serverStream);
    stream.end(noMessage);
    const [headers] = await once(stream, "response");
    expect(headers).toMatchObject({ ":status": 200, "x-early": "1" });
    stream.close();
  });

  it("waits for the first message of the client, which a service may have to read first", async () => {
    await using server = await start((router) =>
      router.service(demo, {
        async *testTwoWayStream(requests, context) {
          for await (const { data } of requests) {
            context.responseHeader.set("x-first", data);
            await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
          }
        },
      }),
    );
    const stream = server.open(twoWay);
    const response = once(stream, "response");
    // Several turns of the server's event loop, which is this one.
    for (let turn = 0; turn < 20; turn++) {
      await new Promise(setImmediate);
    }
    stream.write(createEnvelope(0, Buffer.from([0x0a, 1, 0x61])));
    expect((await response)[0]).toMatchObject({ "x-first": "a" });
    stream.close();
  });

  it("can't be changed once it has left: the service's attempt is INTERNAL", async () => {
    await using server = await start((router) =>
      router.service(demo, {
        async *testClientRecvStream(_request, context) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          context.responseHeader.set("x-late", "1");
          yield { result: "never" };
        },
      }),
    );
    const stream = server.open(serverStream);
    stream.end(noMessage);
    const { trailers, bytes } = await finished(stream);
    expect(trailers["grpc-status"]).toBe(String(Code.Internal));
    expect(bytes.byteLength).toBe(0);
  });
});

describe("the messages of a stream", () => {
  it("leave together where the service has them at hand, all of them and in order", async () => {
    const count = 2_000;
    await using server = await start((router) =>
      router.service(demo, {
        async *testClientRecvStream() {
          for (let i = 0; i < count; i++) {
            yield { result: String(i) };
          }
        },
      }),
    );
    const stream = server.open(serverStream);
    stream.end(noMessage);
    const { chunks, bytes } = await finished(stream);
    const texts: string[] = [];
    for (let at = 0; at < bytes.byteLength; at += 5 + bytes.readUInt32BE(at + 1)) {
      texts.push(bytes.subarray(at + 7, at + 5 + bytes.readUInt32BE(at + 1)).toString());
    }
    expect(texts).toEqual(Array.from({ length: count }, (_, i) => String(i)));
    expect(chunks.length).toBeLessThan(count / 20);
  });

  it("are made no faster than the client reads them", async () => {
    let made = 0;
    await using server = await start((router) =>
      router.service(demo, {
        async *testClientRecvStream() {
          for (;;) {
            made++;
            yield { result: "m".repeat(10_000) };
          }
        },
      }),
    );
    const stream = server.open(serverStream);
    stream.end(noMessage);
    await once(stream, "response");
    stream.pause();
    for (let before = -1; before !== made; ) {
      before = made;
      for (let turn = 0; turn < 100; turn++) {
        await new Promise(setImmediate);
      }
    }
    expect(made).toBeLessThan(100);
    stream.close();
  });
});

describe("a deadline", () => {
  it("ends a call whose service pays no heed", async () => {
    await using server = await start((router) => router.service(Greeter, { sayHello: () => new Promise(() => {}) }));
    const stream = server.open("/Greeter/SayHello", { "grpc-timeout": "20m" });
    stream.end(noMessage);
    const { trailers } = await finished(stream);
    expect(trailers["grpc-status"]).toBe(String(Code.DeadlineExceeded));
  });

  it("resets a call whose client doesn't read", async () => {
    await using server = await start((router) =>
      router.service(demo, {
        async *testClientRecvStream() {
          for (;;) {
            yield { result: "m".repeat(10_000) };
          }
        },
      }),
    );
    const stream = server.open(serverStream, { "grpc-timeout": "100m" });
    stream.end(noMessage);
    stream.on("response", () => stream.pause());
    await once(stream, "close");
    expect(stream.rstCode).toBe(8);
  });
});

describe("what Connect's routers take", () => {
  const user = createContextKey("nobody");

  it("is served: the gate, interceptors and the values that they share", async () => {
    const order: string[] = [];
    await using server = await start(
      (router) =>
        router.service(Greeter, {
          sayHello({ name }, context) {
            order.push("service");
            context.responseTrailer.set("x-user", context.values.get(user));
            return { message: name };
          },
        }),
      {
        requestGate(context) {
          order.push("gate");
          context.values.set(user, context.requestHeader.get("x-user") ?? "");
        },
        interceptors: [
          (next) => async (request) => {
            order.push(`interceptor of ${request.method.name}`);
            const response = await next(request);
            response.header.set("x-intercepted", String(response.stream));
            return response;
          },
        ],
      },
    );
    const stream = server.open("/Greeter/SayHello", { "x-user": "ann" });
    const response = once(stream, "response");
    stream.end(noMessage);
    const { trailers } = await finished(stream);
    expect((await response)[0]).toMatchObject({ "x-intercepted": "false" });
    expect(trailers).toMatchObject({ "grpc-status": "0", "x-user": "ann" });
    expect(order).toEqual(["gate", "interceptor of SayHello", "service"]);
  });

  it("is served: a gate that refuses, whose call is never read", async () => {
    await using server = await start((router) => router.service(Greeter, { sayHello: () => ({ message: "let in" }) }), {
      requestGate() {
        throw new ConnectError("closed", Code.PermissionDenied);
      },
    });
    const stream = server.open("/Greeter/SayHello");
    stream.write(noMessage);
    const { trailers } = await finished(stream);
    expect(trailers).toMatchObject({ "grpc-status": String(Code.PermissionDenied), "grpc-message": "closed" });
    stream.close();
  });

  it("is served: options of one service, which leave the router's as they are", async () => {
    await using server = await start(
      (router) => router.service(Greeter, { sayHello: ({ name }) => ({ message: name }) }, { readMaxBytes: 10 }),
      { grpcWeb: false },
    );
    const long = server.open("/Greeter/SayHello");
    long.end(createEnvelope(0, Buffer.alloc(11)));
    expect((await finished(long)).trailers["grpc-status"]).toBe(String(Code.ResourceExhausted));
    const web = server.open("/Greeter/SayHello", { "content-type": "application/grpc-web" });
    web.end(noMessage);
    expect((await once(web, "response"))[0]).toMatchObject({ ":status": 415 });
  });
});

describe("an encoding that isn't there", () => {
  it("is UNIMPLEMENTED, and the answer tells which are", async () => {
    await using server = await start((router) => router.service(Greeter, { sayHello: () => ({ message: "never" }) }));
    const stream = server.open("/Greeter/SayHello", { "grpc-encoding": "zstd" });
    stream.end(noMessage);
    const { trailers } = await finished(stream);
    expect(trailers).toMatchObject({
      "grpc-status": String(Code.Unimplemented),
      "grpc-accept-encoding": "gzip,br",
    });
  });
});

describe("gRPC-Web's text form", () => {
  it.each([
    ["application/grpc-web-text", undefined, "application/grpc-web-text+proto"],
    ["application/grpc-web-text", "application/grpc-web", "application/grpc-web+proto"],
    ["application/grpc-web", "application/grpc-web-text", "application/grpc-web-text+proto"],
  ])("takes %s and, for %s, answers %s", async (contentType, accept, answered) => {
    await using server = await start((router) =>
      router.service(Greeter, { sayHello: ({ name }) => ({ message: `Hello, ${name}!` }) }),
    );
    const body = createEnvelope(0, Buffer.from([0x0a, 1, 0x61]));
    const stream = server.open("/Greeter/SayHello", { "content-type": contentType, ...(accept && { accept }) });
    const response = once(stream, "response");
    stream.end(contentType.includes("text") ? Buffer.from(body).toString("base64") : body);
    const received = Buffer.concat(await Array.fromAsync<Buffer>(stream));
    expect((await response)[0]["content-type"]).toBe(answered);
    const bytes = answered.includes("text") ? Buffer.from(received.toString(), "base64") : received;
    expect(bytes.toString()).toContain("Hello, a!");
    expect(bytes.toString()).toContain("grpc-status: 0");
  });
});
