import { expect, test } from "vitest";
import { createBeat } from "./beat.ts";

test("takes what the work costs off the wait", () => {
  let now = 500;
  const untilNextBeat = createBeat(1000, () => now);
  expect(untilNextBeat()).toBe(1000);
  now = 530;
  expect(untilNextBeat()).toBe(970);
  now = 1500;
  expect(untilNextBeat()).toBe(1000);
});

test("skips beats that went by", () => {
  let now = 0;
  const untilNextBeat = createBeat(1000, () => now);
  now = 3400;
  expect(untilNextBeat()).toBe(600);
});
