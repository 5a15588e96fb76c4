import { create, createRegistry } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { Greeter, HelloRequestSchema } from "@switchboard/proto/gen/greeter_pb.js";
import { expect, test, vi } from "vitest";
import { createCall } from "../../call/create-call.ts";
import { createTurns } from "../../call/turns.ts";
import { createAnswerRuns, median } from "./answer-runs.ts";

const registry = createRegistry(HelloRequestSchema);

function rig(hello: () => Promise<{ message: string }>) {
  const asked: string[] = [];
  const transport = createRouterTransport(({ service }) => service(Greeter, { sayHello: hello }));
  const runs = createAnswerRuns(() =>
    createCall({
      openTransport({ protocol }) {
        asked.push(protocol);
        return { transport, protocol };
      },
      now: () => performance.now(),
      schedule: (callback) => setImmediate(callback),
      turns: createTurns({ post: setImmediate, now: () => performance.now() }),
    }),
  );
  const start = {
    method: Greeter.method.sayHello,
    registry,
    protocol: "websocket",
    metadata: [],
    timeoutMs: undefined,
    messages: [create(HelloRequestSchema, { name: "Ada" })],
  } as const;
  return { asked, runs, request: { start, protocols: ["connect-json", "grpc-web"], repeats: 2 } as const };
}

test("protocols take turns, and each answer is kept with all of its times", async () => {
  const { asked, runs, request } = rig(async () => ({ message: "hello" }));
  runs.start(request);
  expect(runs.store.getState()).toMatchObject({ phase: "running", done: 0, total: 4 });
  await vi.waitFor(() => expect(runs.store.getState().phase).toBe("done"));
  expect(asked).toEqual(["connect-json", "grpc-web", "connect-json", "grpc-web"]);
  const { lanes } = runs.store.getState();
  expect(lanes.map(({ answer, times }) => [answer?.protocol, answer?.status?.name, times.length])).toEqual([
    ["connect-json", "OK", 2],
    ["grpc-web", "OK", 2],
  ]);
});

test("cancelled runs begin no other call", async () => {
  const { asked, runs, request } = rig(() => new Promise(() => {}));
  runs.start(request);
  await vi.waitFor(() => expect(asked).toEqual(["connect-json"]));
  runs.cancel();
  await new Promise(setImmediate);
  expect(asked).toEqual(["connect-json"]);
  expect(runs.store.getState()).toMatchObject({ phase: "cancelled", done: 0 });
});

test.each([
  [[], undefined],
  [[3], 3],
  [[9, 1, 5], 5],
  [[1, 2, 10, 4], 3],
])("the median of %j is %j", (times, middle) => {
  expect(median(times)).toBe(middle);
});
