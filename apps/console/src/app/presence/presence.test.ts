import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { watchPresence } from "./presence.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function watch() {
  const server = { isUp: true, asked: 0, isHidden: false };
  const page = new EventTarget();
  const { store } = watchPresence({
    isHealthy: async () => {
      server.asked++;
      return server.isUp;
    },
    isHidden: () => server.isHidden,
    page,
  });
  await vi.advanceTimersByTimeAsync(0);
  return { server, page, presence: () => store.getState() };
}

describe("watchPresence()", () => {
  test("is ready after the first answer and asks again after ten seconds", async () => {
    const { server, presence } = await watch();
    expect(presence()).toEqual({ kind: "ready" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.asked).toBe(2);
  });

  test("retries ever less often while the server is away, and recovers", async () => {
    const { server, presence } = await watch();
    server.isUp = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(presence()).toEqual({ kind: "away", attempts: 1 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(presence()).toEqual({ kind: "away", attempts: 2 });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(server.asked).toBe(3);
    server.isUp = true;
    await vi.advanceTimersByTimeAsync(1);
    expect(presence()).toEqual({ kind: "ready" });
  });

  test("rests while the page is hidden and asks at once when it is back", async () => {
    const { server, page } = await watch();
    server.isHidden = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toBe(1);
    server.isHidden = false;
    page.dispatchEvent(new Event("visibilitychange"));
    expect(server.asked).toBe(2);
  });
});
