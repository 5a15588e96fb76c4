import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { maxDeadlineMs, readDeadline } from "./deadline.ts";

describe("readDeadline()", () => {
  it.each([
    ["250m", 250],
    ["3S", 3_000],
    ["2M", 120_000],
    ["1H", 3_600_000],
    ["500u", 0.5],
    ["10n", 1e-5],
  ])("reads grpc-timeout %s", (value, ms) => {
    expect(readDeadline(new Headers({ "grpc-timeout": value }), "grpc")).toBeCloseTo(ms, 9);
  });

  it("reads connect-timeout-ms", () => {
    expect(readDeadline(new Headers({ "connect-timeout-ms": "5000" }), "connect-unary")).toBe(5_000);
  });

  it("looks at the header of the call's own protocol alone", () => {
    const header = new Headers({ "grpc-timeout": "nonsense", "connect-timeout-ms": "5" });
    expect(readDeadline(header, "connect-stream")).toBe(5);
    expect(readDeadline(new Headers({ "connect-timeout-ms": "5" }), "grpc-web")).toBeUndefined();
  });

  it.each(["1.5m", "123456789m", "1m, 2m", "Infinitym", "", "-1m", "1"])("refuses grpc-timeout %j", (value) => {
    expect(() => readDeadline(new Headers({ "grpc-timeout": value }), "grpc")).toThrow(
      expect.objectContaining({ code: Code.InvalidArgument }),
    );
  });

  it.each(["-1", "1.5", "12345678901", "5m"])("refuses connect-timeout-ms %j", (value) => {
    expect(() => readDeadline(new Headers({ "connect-timeout-ms": value }), "connect-unary")).toThrow(
      expect.objectContaining({ code: Code.InvalidArgument }),
    );
  });

  it("takes a deadline of 0 for one that has passed", () => {
    expect(() => readDeadline(new Headers({ "grpc-timeout": "0S" }), "grpc")).toThrow(
      expect.objectContaining({ code: Code.DeadlineExceeded }),
    );
  });

  it("shortens a deadline beyond what a timer can wait, in the header too", () => {
    const grpc = new Headers({ "grpc-timeout": "8760H" });
    expect(readDeadline(grpc, "grpc")).toBe(maxDeadlineMs);
    expect(grpc.get("grpc-timeout")).toBe("2147483S");
    const connect = new Headers({ "connect-timeout-ms": "9999999999" });
    expect(readDeadline(connect, "connect-unary")).toBe(maxDeadlineMs);
    expect(connect.get("connect-timeout-ms")).toBe("2147483000");
  });
});
