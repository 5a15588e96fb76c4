import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  TestTargetResponse_Stage as Stage,
  TestTargetResponse_State as State,
  TargetSchema,
  Wire,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { describe, expect, it } from "vitest";
import { createTargetTest } from "./target-test.ts";
import { serveConsole } from "./testing/serve-console.ts";

const target = create(TargetSchema, { name: "a", address: "h2c://localhost:1" });

describe("createTargetTest()", () => {
  it("tells each stage as it stands, and what was found", async () => {
    const test = createTargetTest(
      serveConsole({
        async *testTarget() {
          yield { stage: Stage.CONNECT, state: State.RUNNING };
          yield { stage: Stage.CONNECT, state: State.PASSED, finding: "127.0.0.1:1" };
          yield { stage: Stage.PROTOCOLS, state: State.PASSED, wires: [Wire.GRPC] };
          yield { stage: Stage.REFLECTION, state: State.FAILED, fault: { kind: "reset", message: "no reflection" } };
        },
      }),
    );
    const seen: string[] = [];
    test.store.subscribe(({ stages }) => seen.push(stages.map(({ state }) => State[state]).join()));
    const end = await test.start(target, "");
    expect(seen.filter((text, at) => text !== seen[at - 1])).toEqual([
      "",
      "RUNNING",
      "PASSED",
      "PASSED,PASSED",
      "PASSED,PASSED,FAILED",
    ]);
    expect(end).toMatchObject({ kind: "passed", wires: [Wire.GRPC] });
    expect(end?.stages[0]).toMatchObject({ stage: Stage.CONNECT, finding: "127.0.0.1:1" });
  });

  it("has failed where the last stage did", async () => {
    const test = createTargetTest(
      serveConsole({
        async *testTarget() {
          yield { stage: Stage.CONNECT, state: State.FAILED, fault: { kind: "refused", message: "nobody listens" } };
        },
      }),
    );
    expect(await test.start(target, "")).toMatchObject({ kind: "failed", stages: [{ fault: { kind: "refused" } }] });
  });

  it("is broken where the server refuses to test", async () => {
    const test = createTargetTest(
      serveConsole({
        // biome-ignore lint/correctness/useYield: the call fails before its first message.
        async *testTarget() {
          throw new ConnectError("too many tests at a time", Code.ResourceExhausted);
        },
      }),
    );
    expect(await test.start(target, "")).toMatchObject({
      kind: "broken",
      error: { rawMessage: "too many tests at a time" },
    });
  });

  it("forgets a test that was cancelled, and cancels it at the server", async () => {
    const cancelled = Promise.withResolvers<void>();
    const test = createTargetTest(
      serveConsole({
        async *testTarget(_, { signal }) {
          signal.addEventListener("abort", () => cancelled.resolve());
          yield { stage: Stage.CONNECT, state: State.RUNNING };
          await cancelled.promise;
        },
      }),
    );
    const running = Promise.withResolvers<void>();
    test.store.subscribe(({ stages }) => stages.length > 0 && running.resolve());
    const ended = test.start(target, "");
    await running.promise;
    test.cancel();
    await cancelled.promise;
    expect(await ended).toBeUndefined();
    expect(test.store.getState()).toMatchObject({ kind: "idle", stages: [] });
  });
});
