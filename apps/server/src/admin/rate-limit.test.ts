import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

describe("createRateLimit()", () => {
  it("lets a minute's share through at once, and then as many as time brings back", () => {
    let time = 0;
    const limit = createRateLimit({ what: "tests", perMinute: 3, now: () => time });
    for (let i = 0; i < 3; i++) {
      limit.take();
    }
    expect(() => limit.take()).toThrow("there were more than 3 tests in a minute; wait a little");
    time = 19_999;
    expect(() => limit.take()).toThrow(expect.objectContaining({ code: Code.ResourceExhausted }));
    time = 20_000;
    limit.take();
    expect(() => limit.take()).toThrow();
    time = 1_000_000;
    for (let i = 0; i < 3; i++) {
      limit.take();
    }
    expect(() => limit.take()).toThrow();
  });
});
