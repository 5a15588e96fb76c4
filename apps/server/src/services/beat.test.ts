import { expect, test } from "vitest";
import { createBeat } from "./beat.ts";

test("takes what the work costs off the wait", () => {
  let now = 530;
  const untilNextBeat = createBeat(1000, () => now);
  now = 560;
  expect(untilNextBeat()).toBe(970);
  now = 1540;
  expect(untilNextBeat()).toBe(990);
  now = 2530;
  expect(untilNextBeat()).toBe(1000);
});

test("brings no beat twice when a timer fires early", () => {
  let now = 0;
  const untilNextBeat = createBeat(1000, () => now);
  expect(untilNextBeat()).toBe(1000);
  now = 999.5;
  expect(untilNextBeat()).toBe(1000.5);
});

test("skips beats that went by", () => {
  let now = 0;
  const untilNextBeat = createBeat(1000, () => now);
  now = 3400;
  expect(untilNextBeat()).toBe(600);
});
