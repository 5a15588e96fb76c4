import { describe, expect, test } from "vitest";
import { parseArticlesArguments } from "./articles-arguments.ts";

describe("parseArticlesArguments()", () => {
  test("takes the count and the directory", () => {
    expect(parseArticlesArguments(["--count", "10", "--data", "/d"], {})).toEqual({
      kind: "add",
      count: 10,
      directory: "/d",
    });
  });

  test("takes the directory from the environment, and ./data without one", () => {
    expect(parseArticlesArguments(["--count=1"], { SWITCHBOARD_DATA: "/e" })).toMatchObject({ directory: "/e" });
    expect(parseArticlesArguments(["--count=1"], {})).toMatchObject({ directory: "./data" });
  });

  test.each(["0", "-1", "1.5", "1e3", "", "ten", "10000001", "99999999999999999999"])(
    "refuses the count %j",
    (count) => {
      const parsed = parseArticlesArguments([`--count=${count}`], {});
      expect(parsed).toEqual({
        kind: "refused",
        message: `--count is "${count}"; it must be an integer from 1 to 10000000`,
      });
    },
  );

  test.each([
    [[], "--count is missing"],
    [["--cuont", "1"], "--cuont"],
    [["--count"], "--count"],
    [["1000"], "1000"],
    [["--count", "1", "--data", ""], "--data"],
  ])("refuses %j and names what is wrong", (args, named) => {
    expect(parseArticlesArguments(args, {})).toEqual({ kind: "refused", message: expect.stringContaining(named) });
  });

  test("helps when asked", () => {
    expect(parseArticlesArguments(["--help"], {})).toEqual({ kind: "help" });
  });
});
