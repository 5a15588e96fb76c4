import { describe, expect, it } from "vitest";
import { parseCallsFlags } from "./calls-flags.ts";

describe("parseCallsFlags()", () => {
  it("runs everything five times when nothing is said", () => {
    expect(parseCallsFlags("calls", [])).toMatchObject({ only: undefined, rounds: 5 });
  });

  it("reads all flags", () => {
    const flags = parseCallsFlags("calls", ["--only", "json,ping-pong", "--rounds=3", "--json", "out.json"]);
    expect(flags).toEqual({ only: ["json", "ping-pong"], rounds: 3, json: "out.json" });
  });

  it.each(["0", "1.5", "many"])("refuses %s rounds", (rounds) => {
    expect(() => parseCallsFlags("calls", ["--rounds", rounds])).toThrow(
      `--rounds ${rounds} is not a whole number from 1`,
    );
  });

  it("refuses a flag that it doesn't know", () => {
    expect(() => parseCallsFlags("calls", ["--fast"])).toThrow("--fast");
  });
});
