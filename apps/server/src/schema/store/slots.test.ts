import { Code } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { createSlots } from "./slots.ts";

const { signal } = new AbortController();

describe("createSlots()", () => {
  test("runs so many at a time, the others in their order", async () => {
    const slots = createSlots({ what: "tasks", maxRunning: 1, maxWaiting: 2 });
    const log: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const tasks = [
      slots.run(() => promise.then(() => log.push("first")), signal),
      slots.run(async () => log.push("second"), signal),
      slots.run(async () => log.push("third"), signal),
    ];
    resolve();
    await Promise.all(tasks);
    expect(log).toEqual(["first", "second", "third"]);
  });

  test("refuses who would be one too many, and gives a slot up that fails", async () => {
    const slots = createSlots({ what: "tasks", maxRunning: 1, maxWaiting: 0 });
    const { promise, reject } = Promise.withResolvers<void>();
    const running = slots.run(() => promise, signal);
    await expect(slots.run(async () => 1, signal)).rejects.toMatchObject({ code: Code.ResourceExhausted });
    reject(new Error("broken"));
    await expect(running).rejects.toThrow("broken");
    expect(await slots.run(async () => 2, signal)).toBe(2);
  });

  test("lets go who waits and gives up, without a turn lost", async () => {
    const slots = createSlots({ what: "tasks", maxRunning: 1, maxWaiting: 2 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const running = slots.run(() => promise, signal);
    const given = new AbortController();
    const waiting = slots.run(async () => 1, given.signal);
    given.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    const next = slots.run(async () => 2, signal);
    resolve();
    await running;
    expect(await next).toBe(2);
  });
});
