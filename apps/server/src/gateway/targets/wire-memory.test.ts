import { describe, expect, it } from "vitest";
import type { Wire } from "../gateway-target.ts";
import { createWireMemory, wiresHoldMs } from "./wire-memory.ts";

const grpc: ReadonlySet<Wire> = new Set<Wire>(["grpc"]);
const connect: ReadonlySet<Wire> = new Set<Wire>(["connect"]);

/** A memory of a target that is asked by hand, with a clock that is moved by hand. */
function createMemory() {
  const state = { now: 0, connected: true, asked: 0, answer: Promise.withResolvers<ReadonlySet<Wire>>() };
  const memory = createWireMemory({
    ask: () => {
      state.asked++;
      return state.answer.promise;
    },
    isConnected: () => state.connected,
    now: () => state.now,
  });
  return { memory, state };
}

describe("createWireMemory()", () => {
  it("knows nothing before it has asked", () => {
    expect(createMemory().memory.known()).toBeUndefined();
  });

  it("asks once for all who ask at a time, and then no more", async () => {
    const { memory, state } = createMemory();
    const both = Promise.all([memory.learn(), memory.learn()]);
    state.answer.resolve(grpc);
    expect(await both).toEqual([grpc, grpc]);
    expect(await memory.learn()).toBe(grpc);
    expect(memory.known()).toBe(grpc);
    expect(state.asked).toBe(1);
  });

  it("asks again after an asking that failed", async () => {
    const { memory, state } = createMemory();
    const failing = memory.learn();
    state.answer.reject(new Error("refused"));
    await expect(failing).rejects.toThrow("refused");
    state.answer = Promise.withResolvers();
    state.answer.resolve(connect);
    expect(await memory.learn()).toBe(connect);
  });

  it("takes what somebody else found", () => {
    const { memory, state } = createMemory();
    memory.learned(connect);
    expect(memory.known()).toBe(connect);
    expect(state.asked).toBe(0);
  });

  it("holds as long as there is a connection, and a while after", () => {
    const { memory, state } = createMemory();
    memory.learned(grpc);
    state.now = 10 * wiresHoldMs;
    expect(memory.known()).toBe(grpc);
    state.connected = false;
    state.now += wiresHoldMs;
    expect(memory.known()).toBe(grpc);
    state.now += 1;
    expect(memory.known()).toBeUndefined();
  });
});
