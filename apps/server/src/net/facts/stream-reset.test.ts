import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, it } from "vitest";
import { textEnvelope } from "../../testing/envelope.ts";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, describeFrame, errorCodes, frameTypes, resetFrame } from "../../testing/http2-frames.ts";
import { startEngineServer } from "../../testing/start-engine-server.ts";
import { startTestApp } from "../../testing/start-test-app.ts";
import { answerText, wireStatus } from "../../testing/wire-status.ts";

const codes = [
  ["CANCEL", errorCodes.cancel],
  ["NO_ERROR", errorCodes.noError],
] as const;

const streamTypes = ["application/grpc", "application/grpc-web", "application/connect+proto"];

describe.each(codes)("a client's RST_STREAM(%s)", (_name, code) => {
  it.each(["TestClientSendStream", "TestTwoWayStream"])(
    "ends %s mid-upload as CANCELLED, and the connection goes on",
    async (name) => {
      await using server = await startTestApp();
      using client = await openHttp2Client(server.port);
      await client.call(1, { path: `/test.demo/${name}` });
      await client.write(dataFrame(1, textEnvelope("a")), dataFrame(1, textEnvelope("b").subarray(0, 4)));
      await client.write(resetFrame(1, code));
      expect(await server.logged({ method: `/test.demo/${name}` })).toMatchObject({ status: "CANCELLED", level: 30 });
      await client.call(3, { path: "/Greeter/SayHello", body: textEnvelope("b") });
      expect(answerText(await client.ended(3))).toContain("Hello, b!");
      expect(client.frames.some(({ type }) => type === frameTypes.goaway)).toBe(false);
    },
  );

  it.each(streamTypes)("ends a server stream mid-stream as CANCELLED in %s", async (contentType) => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    const path = "/test.demo/TestClientRecvStream";
    await client.call(1, { path, contentType, body: textEnvelope("a") });
    await client.received(({ type, payload }) => type === frameTypes.data && payload.includes("send 1"));
    await client.write(resetFrame(1, code));
    expect(await server.logged({ method: path })).toMatchObject({ status: "CANCELLED", level: 30 });
    await client.call(3, { path: "/Greeter/SayHello", body: textEnvelope("b") });
    await client.ended(3);
    expect(client.frames.filter(({ stream }) => stream === 1).map(describeFrame)).toEqual(["HEADERS", "DATA"]);
  });
});

describe("the handler of a stream that its client resets", () => {
  it.each(streamTypes)("sees its signal aborted, and is returned from, in %s", async (contentType) => {
    const signals = Promise.withResolvers<AbortSignal>();
    const returned = Promise.withResolvers<void>();
    await using server = await startEngineServer((router) =>
      router.service(demo, {
        async *testClientRecvStream(_request, { signal }) {
          signals.resolve(signal);
          try {
            yield { result: "first" };
            await new Promise((_resolve, reject) =>
              signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
            );
          } finally {
            returned.resolve();
          }
        },
      }),
    );
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: "/test.demo/TestClientRecvStream", contentType, body: textEnvelope("a") });
    await client.received(({ payload }) => payload.includes("first"));
    await client.write(resetFrame(1, errorCodes.cancel));
    await returned.promise;
    expect((await signals.promise).aborted).toBe(true);
  });
});

describe("an END_STREAM before a message is complete", () => {
  const whole = textEnvelope("a");
  // A method that takes one message and gets none is a violation of cardinality, for which gRPC has UNIMPLEMENTED:
  // https://github.com/grpc/grpc/blob/master/doc/statuscodes.md.
  const cases = [
    ["no byte", 0, "/Greeter/SayHello", "UNIMPLEMENTED"],
    ["part of a length", 3, "/Greeter/SayHello", "INVALID_ARGUMENT"],
    ["a length alone", 5, "/Greeter/SayHello", "INVALID_ARGUMENT"],
    ["a length alone", 5, "/test.demo/TestClientSendStream", "INVALID_ARGUMENT"],
    ["part of a message", 6, "/Greeter/SayHello", "INVALID_ARGUMENT"],
    ["part of a message", 6, "/test.demo/TestClientSendStream", "INVALID_ARGUMENT"],
    ["part of a message", 6, "/test.demo/TestTwoWayStream", "INVALID_ARGUMENT"],
    ["part of a message", 6, "/test.demo/TestClientRecvStream", "INVALID_ARGUMENT"],
    ["no byte", 0, "/test.demo/TestClientRecvStream", "UNIMPLEMENTED"],
    ["no byte", 0, "/test.demo/TestClientSendStream", "OK"],
    ["no byte", 0, "/test.demo/TestTwoWayStream", "OK"],
  ] as const;
  it.each(cases)("after %s of (%d bytes) to %s is %s, in every protocol", async (_name, length, path, status) => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    const types = streamTypes.filter((type) => type !== "application/connect+proto" || path !== "/Greeter/SayHello");
    for (const [index, contentType] of types.entries()) {
      const stream = index * 2 + 1;
      await client.call(stream, { path, contentType, body: whole.subarray(0, length) });
      expect([contentType, wireStatus(answerText(await client.ended(stream)))]).toEqual([contentType, status]);
    }
    const lines = await server.loggedTimes(types.length, { method: path });
    expect(lines.map(({ status: logged }) => logged)).toEqual(types.map(() => status));
  });
});

describe("an answer that comes while its client still uploads", () => {
  it("arrives whole, with its trailers, and is followed by a reset without an error", async () => {
    await using server = await startTestApp();
    using client = await openHttp2Client(server.port);
    await client.call(1, { path: "/test.demo/TestClientSendStream" });
    await client.write(dataFrame(1, Buffer.concat(Array.from({ length: 11 }, () => textEnvelope("a")))));
    await client.received(({ type, stream }) => type === frameTypes.reset && stream === 1);
    const frames = client.frames.filter(({ stream }) => stream === 1);
    expect(frames.map(describeFrame)).toEqual(["HEADERS", "DATA", "HEADERS END_STREAM", "RST_STREAM 0"]);
    expect(answerText(frames)).toContain("grpc-status: 0");
  });
});
