import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectUnaryProtocol } from "./connect/protocol.ts";
import { maxDeadlineMs, readDeadline } from "./deadline.ts";
import { grpcProtocol } from "./grpc/protocol.ts";

const unlimited = Number.MAX_SAFE_INTEGER;
const grpc = (value: string) => readDeadline(value, grpcProtocol, unlimited);
const connect = (value: string) => readDeadline(value, connectUnaryProtocol, unlimited);

describe("readDeadline()", () => {
  it.each([
    ["250m", 250],
    ["3S", 3_000],
    ["2M", 120_000],
    ["1H", 3_600_000],
    ["500u", 0.5],
    ["10n", 1e-5],
  ])("reads grpc-timeout %s", (value, ms) => {
    expect(grpc(value)).toBeCloseTo(ms, 9);
  });

  it("reads connect-timeout-ms", () => {
    expect(connect("5000")).toBe(5_000);
  });

  it.each(["1.5m", "123456789m", "1m, 2m", "Infinitym", "", "-1m", "1"])("refuses grpc-timeout %j", (value) => {
    expect(() => grpc(value)).toThrow(expect.objectContaining({ code: Code.InvalidArgument }));
  });

  it.each(["-1", "1.5", "12345678901", "5m"])("refuses connect-timeout-ms %j", (value) => {
    expect(() => connect(value)).toThrow(expect.objectContaining({ code: Code.InvalidArgument }));
  });

  it("takes a deadline of 0 for one that has passed", () => {
    expect(() => grpc("0S")).toThrow(expect.objectContaining({ code: Code.DeadlineExceeded }));
  });

  it("shortens a deadline beyond what a timer can wait", () => {
    expect(grpc("8760H")).toBe(maxDeadlineMs);
    expect(connect("9999999999")).toBe(maxDeadlineMs);
  });

  it("refuses a deadline beyond the server's limit", () => {
    expect(() => readDeadline("2S", grpcProtocol, 1_000)).toThrow(
      expect.objectContaining({ code: Code.InvalidArgument, message: expect.stringContaining("1000") }),
    );
  });
});
