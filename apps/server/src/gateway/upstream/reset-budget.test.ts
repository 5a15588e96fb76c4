import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createResetBudget } from "./reset-budget.ts";

describe("createResetBudget()", () => {
  it("stays below 200 resets in any 30 seconds", () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const budget = createResetBudget();
    let spent = 0;
    for (let ms = 0; ms < 30_000; ms += 100) {
      for (; budget.left() >= 1; spent++) {
        budget.spend();
      }
      vi.advanceTimersByTime(100);
    }
    expect(spent).toBeGreaterThan(150);
    expect(spent).toBeLessThan(200);
  });

  it("holds no more than it began with, however long it is spared", () => {
    vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const budget = createResetBudget();
    budget.spend();
    expect(budget.left()).toBe(149);
    vi.advanceTimersByTime(3_600_000);
    expect(budget.left()).toBe(150);
  });
});
