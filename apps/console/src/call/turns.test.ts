import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

function createRig() {
  const tasks: (() => void)[] = [];
  const rig = { now: 100, runTask: () => tasks.shift()?.() };
  const turns = createTurns({ post: (task) => tasks.push(task), now: () => rig.now, budgetMs: 5 });
  return { rig, turns };
}

describe("createTurns()", () => {
  it("says that a turn is spent once it has lasted its budget", () => {
    const { rig, turns } = createRig();
    expect(turns.isSpent()).toBe(false);
    rig.now += 4.9;
    expect(turns.isSpent()).toBe(false);
    rig.now += 0.1;
    expect(turns.isSpent()).toBe(true);
  });

  it("counts anew in the next turn, however long nobody asked", () => {
    const { rig, turns } = createRig();
    turns.isSpent();
    rig.runTask();
    rig.now += 1_000;
    expect(turns.isSpent()).toBe(false);
  });

  it("rests until other tasks have run", async () => {
    const { rig, turns } = createRig();
    const told: string[] = [];
    turns.next(() => told.push("other"));
    const rested = turns.rest().then(() => told.push("rested"));
    rig.runTask();
    rig.runTask();
    await rested;
    expect(told).toEqual(["other", "rested"]);
  });

  it("gives each of two that rest a turn of its own", async () => {
    const { rig, turns } = createRig();
    const spentAtOnce: boolean[] = [];
    const work = async () => {
      await turns.rest();
      spentAtOnce.push(turns.isSpent());
      rig.now += 5;
      expect(turns.isSpent()).toBe(true);
    };
    const both = [work(), work()];
    rig.runTask();
    await both[0];
    rig.runTask();
    await both[1];
    expect(spentAtOnce).toEqual([false, false]);
  });
});
