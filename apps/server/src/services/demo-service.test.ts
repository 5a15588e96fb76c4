import { getEventListeners } from "node:events";
import { Code, ConnectError, createClient, createHandlerContext, createRouterTransport } from "@connectrpc/connect";
import { createWritableIterable } from "@connectrpc/connect/protocol";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { describe, expect, test } from "vitest";
import { createDemoService } from "./demo-service.ts";

/** A clock that moves by the waits alone: each wait resolves when it is let go. */
function createDrivenTime() {
  const waits: { ms: number; letGo: () => void }[] = [];
  let now = 0;
  return {
    waits,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        waits.push({
          ms,
          letGo: () => {
            now += ms;
            resolve();
          },
        });
      }),
  };
}

function createDemoClient(options = createDrivenTime()) {
  const implementation = createDemoService(options);
  return createClient(
    demo,
    createRouterTransport(({ service }) => void service(demo, implementation)),
  );
}

function contextOf(method: keyof typeof demo.method, requestSignal: AbortSignal) {
  return createHandlerContext({
    service: demo,
    method: demo.method[method],
    protocolName: "grpc",
    requestMethod: "POST",
    url: "http://localhost/",
    requestSignal,
  });
}

describe("hellojlc", () => {
  test("answers with the name and the age", async () => {
    const { result } = await createDemoClient().hellojlc({ name: "jlc", age: -3 });
    expect(result).toBe("my name is jlc, i am -3 years old");
  });
});

describe("TestClientRecvStream", () => {
  test("sends the first message at once and one at every beat", async () => {
    const time = createDrivenTime();
    const stream = createDemoClient(time).testClientRecvStream({ data: "x" })[Symbol.asyncIterator]();
    expect((await stream.next()).value?.result).toBe("send 1 x");
    for (const n of [2, 3]) {
      const next = stream.next();
      await expect.poll(() => time.waits.length, { interval: 1 }).toBe(n - 1);
      time.waits.at(-1)?.letGo();
      expect((await next).value?.result).toBe(`send ${n} x`);
    }
    expect(time.waits.map(({ ms }) => ms)).toEqual([1000, 1000]);
  });

  test("takes the time of a slow reader off the wait", async () => {
    const time = createDrivenTime();
    const context = contextOf("testClientRecvStream", new AbortController().signal);
    const stream = createDemoService(time)
      .testClientRecvStream({ $typeName: "test.TestClientRecvStreamRequest", data: "x" }, context)
      [Symbol.asyncIterator]();
    await stream.next();
    time.pass(300);
    const next = stream.next();
    expect(time.waits.map(({ ms }) => ms)).toEqual([700]);
    time.waits[0]?.letGo();
    expect((await next).value).toEqual({ result: "send 2 x" });
  });

  test("ends with CANCELLED before anything is sent when the data is close", async () => {
    const stream = createDemoClient().testClientRecvStream({ data: "close" });
    const error = await Array.fromAsync(stream).catch(ConnectError.from);
    expect(error).toMatchObject({ code: Code.Canceled });
  });

  test("ends in the middle of a wait when the client leaves", async () => {
    const time = createDrivenTime();
    const controller = new AbortController();
    const stream = createDemoClient(time).testClientRecvStream({ data: "x" }, { signal: controller.signal });
    const results: string[] = [];
    const ended = (async () => {
      for await (const { result } of stream) {
        results.push(result);
      }
    })();
    await expect.poll(() => time.waits.length, { interval: 1 }).toBe(1);
    controller.abort();
    await expect(ended).rejects.toMatchObject({ code: Code.Canceled });
    expect(results).toEqual(["send 1 x"]);
  });

  test("listens to the signal once, however long it runs, and leaves no listener", async () => {
    const time = createDrivenTime();
    const context = contextOf("testClientRecvStream", new AbortController().signal);
    const before = getEventListeners(context.signal, "abort").length;
    const stream = createDemoService(time)
      .testClientRecvStream({ $typeName: "test.TestClientRecvStreamRequest", data: "x" }, context)
      [Symbol.asyncIterator]();
    await stream.next();
    for (let n = 0; n < 20; n++) {
      const next = stream.next();
      time.waits.at(-1)?.letGo();
      await next;
    }
    expect(getEventListeners(context.signal, "abort")).toHaveLength(before + 1);
    await stream.return?.();
    expect(getEventListeners(context.signal, "abort")).toHaveLength(before);
  });
});

describe("TestClientSendStream", () => {
  test.each([0, 1, 10])("answers the half-close after %i messages", async (count) => {
    async function* requests() {
      for (let n = 0; n < count; n++) {
        yield { data: String(n) };
      }
    }
    expect((await createDemoClient().testClientSendStream(requests())).result).toBe("ok");
  });

  test("answers at the eleventh message without waiting for more", async () => {
    const sent: number[] = [];
    async function* requests() {
      for (let n = 1; n <= 11; n++) {
        sent.push(n);
        yield { data: String(n) };
      }
      await new Promise(() => {});
    }
    expect((await createDemoClient().testClientSendStream(requests())).result).toBe("ok");
    expect(sent.at(-1)).toBe(11);
  });

  test("ends with the signal's reason while it waits for a message", async () => {
    const context = contextOf("testClientSendStream", new AbortController().signal);
    const answer = createDemoService(createDrivenTime()).testClientSendStream(createWritableIterable(), context);
    context.abort(new ConnectError("too late", Code.DeadlineExceeded));
    await expect(answer).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  });
});

describe("TestTwoWayStream", () => {
  test("answers each message before the next one is sent", async () => {
    const requests = createWritableIterable<{ data: string }>();
    const answers = createDemoClient().testTwoWayStream(requests)[Symbol.asyncIterator]();
    for (const data of ["a", "b", ""]) {
      void requests.write({ data });
      expect((await answers.next()).value?.result).toBe(`service send client ${data}`);
    }
    requests.close();
    expect((await answers.next()).done).toBe(true);
  });

  test("ends while it waits for a message when the client leaves", async () => {
    const controller = new AbortController();
    const requests = createWritableIterable<{ data: string }>();
    const stream = createDemoClient().testTwoWayStream(requests, { signal: controller.signal });
    const answers = stream[Symbol.asyncIterator]();
    void requests.write({ data: "a" });
    await answers.next();
    const next = answers.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: Code.Canceled });
  });
});
