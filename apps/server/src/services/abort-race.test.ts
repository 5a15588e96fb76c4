import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createAbortRace } from "./abort-race.ts";

describe("createAbortRace()", () => {
  test("settles as the promise does", async () => {
    using race = createAbortRace(new AbortController().signal);
    expect(await race.run(Promise.resolve(1))).toBe(1);
    await expect(race.run(Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("rejects with the reason when the signal aborts first", async () => {
    const controller = new AbortController();
    using race = createAbortRace(controller.signal);
    const lost = race.run(new Promise(() => {}));
    controller.abort(new Error("left"));
    await expect(lost).rejects.toThrow("left");
  });

  test("rejects at once when the signal has aborted", async () => {
    using race = createAbortRace(AbortSignal.abort(new Error("gone")));
    await expect(race.run(new Promise(() => {}))).rejects.toThrow("gone");
  });

  test("leaves no rejection unhandled when the promise that lost rejects later", async () => {
    const controller = new AbortController();
    using race = createAbortRace(controller.signal);
    const { promise, reject } = Promise.withResolvers<void>();
    const lost = race.run(promise);
    controller.abort(new Error("left"));
    reject(new Error("too late"));
    await expect(lost).rejects.toThrow("left");
  });

  test("listens to the signal once, and not at all when disposed", async () => {
    const { signal } = new AbortController();
    const race = createAbortRace(signal);
    for (let n = 0; n < 10; n++) {
      await race.run(Promise.resolve());
    }
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    race[Symbol.dispose]();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
