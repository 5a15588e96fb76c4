import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { maxDeadlineMs } from "../../rpc/deadline.ts";
import { readTimeout } from "./read-timeout.ts";

describe("readTimeout()", () => {
  it.each([
    ["1m", 1],
    ["1.5m", 1.5],
    ["100000000m", 100_000_000],
    ["2S", 2_000],
    ["3M", 180_000],
    ["500u", 0.5],
    ["1000000n", 1],
    ["99999999H", maxDeadlineMs],
    ["Infinitym", undefined],
  ])("reads grpc-timeout: %s", (value, ms) => {
    expect(readTimeout("grpc-timeout", value)).toBe(ms);
  });

  it.each(["", "1", "m", "-1S", "1S, 2S", "1e3m", "NaNm", "1.m", " 1S", "1s", "Infinity", `${"9".repeat(21)}m`])(
    "refuses grpc-timeout: %j, naming it",
    (value) => {
      const refused = expect.objectContaining({
        code: Code.InvalidArgument,
        rawMessage: expect.stringContaining("grpc-timeout"),
      });
      expect(() => readTimeout("grpc-timeout", value)).toThrow(refused);
    },
  );

  it.each([
    ["grpc-timeout", "0S"],
    ["connect-timeout-ms", "0"],
  ] as const)("has the deadline passed at %s: %s", (field, value) => {
    expect(() => readTimeout(field, value)).toThrow(expect.objectContaining({ code: Code.DeadlineExceeded }));
  });

  it("reads connect-timeout-ms, which has no unit", () => {
    expect(readTimeout("connect-timeout-ms", "1500")).toBe(1_500);
    expect(() => readTimeout("connect-timeout-ms", "1500m")).toThrow(
      expect.objectContaining({ code: Code.InvalidArgument }),
    );
  });
});
