import { describe, expect, test } from "vitest";
import { maxParkedText, maxParkedValues, parkedText, parkValue, readParked, shiftParked } from "./parked-values.ts";

describe("parkValue()", () => {
  test("keeps the newest text of a place", () => {
    const parked = parkValue(parkValue([], [0, "a"], "1"), [0, "a"], "2");
    expect(parked).toHaveLength(1);
    expect(parkedText(parked, [0, "a"])).toBe("2");
  });

  test("drops the oldest beyond its limits", () => {
    const many = Array.from({ length: maxParkedValues + 1 }, (_, at) => at).reduce<ReturnType<typeof parkValue>>(
      (parked, at) => parkValue(parked, [at], "x"),
      [],
    );
    expect(many).toHaveLength(maxParkedValues);
    expect(parkedText(many, [0])).toBeUndefined();
    const long = parkValue(many, ["long"], "x".repeat(maxParkedText - 1));
    expect(long).toHaveLength(2);
    expect(parkValue(long, ["longer"], "x".repeat(maxParkedText + 1))).toEqual([]);
  });
});

test("shiftParked() follows the items of a list", () => {
  const parked = parkValue(parkValue(parkValue([], [0, "l", 0, "a"], "x"), [0, "l", 2, "a"], "y"), [0, "m", 2], "z");
  const shifted = shiftParked(parked, [0, "l"], (position) => (position === 0 ? undefined : position - 1));
  expect(shifted.map(({ place }) => place)).toEqual(['[0,"l",1,"a"]', '[0,"m",2]']);
});

test.each([undefined, {}, [null, 1, { place: 1, text: "" }], "[]"])("readParked(%j) finds nothing", (stored) => {
  expect(readParked(stored)).toEqual([]);
});

test("readParked() reads back what was stored", () => {
  const parked = parkValue(parkValue([], [0, "a"], "1"), [0, "__proto__", 3], '"2"');
  expect(readParked(JSON.parse(JSON.stringify(parked)))).toEqual(parked);
});
