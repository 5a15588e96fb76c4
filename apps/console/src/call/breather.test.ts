import { describe, expect, it } from "vitest";
import { createBreather } from "./breather.ts";

describe("createBreather()", () => {
  it("lets a loop go on for 8 ms", () => {
    let now = 100;
    const breathe = createBreather(() => now);
    expect(breathe()).toBeUndefined();
    now += 7.9;
    expect(breathe()).toBeUndefined();
  });

  it("then gives other tasks a turn, and the loop another 8 ms", async () => {
    let now = 100;
    const breathe = createBreather(() => now);
    const turns: string[] = [];
    const { port1, port2 } = new MessageChannel();
    const told = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        turns.push("page");
        resolve();
      };
    });
    port2.postMessage(undefined);
    now += 8;
    await breathe();
    turns.push("loop");
    await told;
    port1.close();
    expect(turns).toEqual(["page", "loop"]);
    expect(breathe()).toBeUndefined();
    now += 8;
    await expect(breathe()).resolves.toBeUndefined();
  });
});
