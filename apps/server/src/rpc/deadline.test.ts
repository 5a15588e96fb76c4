import { describe, expect, it } from "vitest";
import { maxDeadlineMs, readDeadline } from "./deadline.ts";

describe("readDeadline()", () => {
  it.each([
    [{ "grpc-timeout": "0m" }, 0],
    [{ "grpc-timeout": "250m" }, 250],
    [{ "grpc-timeout": "3S" }, 3_000],
    [{ "grpc-timeout": "2M" }, 120_000],
    [{ "grpc-timeout": "1H" }, 3_600_000],
    [{ "grpc-timeout": "500u" }, 0.5],
    [{ "connect-timeout-ms": "5000" }, 5_000],
  ])("reads %o", (header, ms) => {
    expect(readDeadline(new Headers(header))).toBe(ms);
  });

  it.each([
    {},
    { "grpc-timeout": "1.5m" },
    { "grpc-timeout": "123456789m" },
    { "grpc-timeout": "1m, 2m" },
    { "grpc-timeout": "Infinitym" },
    { "connect-timeout-ms": "-1" },
    { "connect-timeout-ms": "12345678901" },
  ])("leaves %o to the handler", (fields) => {
    const header = new Headers(fields);
    expect(readDeadline(header)).toBeUndefined();
    expect(Object.fromEntries(header)).toEqual(fields);
  });

  it("shortens deadlines beyond what a timer can wait", () => {
    const header = new Headers({ "grpc-timeout": "8760H", "connect-timeout-ms": "9999999999" });
    expect(readDeadline(header)).toBe(maxDeadlineMs);
    expect(header.get("grpc-timeout")).toBe("2147483S");
    expect(header.get("connect-timeout-ms")).toBe("2147483000");
  });
});
