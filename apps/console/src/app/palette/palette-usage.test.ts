import { describe, expect, test } from "vitest";
import { createTextStorage } from "../storage.ts";
import { createPaletteUsage, maxCounted, paletteUsageKey } from "./palette-usage.ts";

function setUp(text?: string) {
  const stored = new Map<string, string>(text === undefined ? [] : [[paletteUsageKey, text]]);
  const storage = createTextStorage(() => ({
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
  }));
  const clock = { ms: Date.UTC(2030, 0, 1) };
  const create = () => createPaletteUsage({ storage, now: () => clock.ms });
  return { create, clock };
}

describe("createPaletteUsage()", () => {
  test("counts, also across reloads", () => {
    const { create } = setUp();
    create().count("a");
    const later = create();
    later.count("a");
    expect([later.usageOf("a"), later.usageOf("b")]).toEqual([2, 0]);
  });

  test("lets a use count half after two weeks", () => {
    const { create, clock } = setUp();
    const usage = create();
    usage.count("a");
    clock.ms += 14 * 86_400_000;
    expect(usage.usageOf("a")).toBe(0.5);
  });

  test("forgets the least used one when there are too many", () => {
    const { create, clock } = setUp();
    const usage = create();
    for (let i = 0; i <= maxCounted; i++) {
      usage.count(`entry ${i}`);
      clock.ms += 60_000;
    }
    expect([usage.usageOf("entry 0"), usage.usageOf("entry 1") > 0]).toEqual([0, true]);
  });

  test.each(["{", "7", '[["a"], [1, 2, 3], ["b", -1, 0], null]'])("reads %s as nothing", (text) => {
    const usage = setUp(text).create();
    expect([usage.usageOf("a"), usage.usageOf("b")]).toEqual([0, 0]);
  });
});
