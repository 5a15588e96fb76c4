import { describe, expect, it } from "vitest";
import { createHttpSlots } from "./http-slots.ts";

describe("createHttpSlots()", () => {
  it("gives four, and another when one was given back", () => {
    const slots = createHttpSlots({ isMultiplexed: () => false });
    const held = Array.from({ length: 4 }, () => slots.take());
    expect(slots.take()).toBeUndefined();
    held[0]?.();
    // Giving back twice gives back once.
    held[0]?.();
    expect(slots.take()).toBeTypeOf("function");
    expect(slots.take()).toBeUndefined();
  });

  it("gives any number where one connection carries them all", () => {
    const slots = createHttpSlots({ max: 0, isMultiplexed: () => true });
    expect([slots.take(), slots.take()]).toEqual([expect.any(Function), expect.any(Function)]);
  });
});
