import { expect, vi } from "vitest";

/** How far apart two looks are, in milliseconds. */
const intervalMs = 100;

/** Resolves once a figure is the same at two looks in a row: whoever raises it has come to a halt. */
export async function standsStill(figure: () => number): Promise<void> {
  let before = -1;
  await vi.waitFor(
    () => {
      const now = figure();
      const isSame = now === before;
      before = now;
      expect(isSame).toBe(true);
    },
    { interval: intervalMs },
  );
}
