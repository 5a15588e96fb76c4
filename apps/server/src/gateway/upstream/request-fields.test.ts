import { describe, expect, it, onTestFinished, vi } from "vitest";
import { formatDeadline, http2Fields, isGrpcProper } from "./request-fields.ts";

describe("formatDeadline()", () => {
  it.each([
    [1_500, "1500m"],
    [0.2, "1m"],
    [-50, "1m"],
    [99_999_999, "99999999m"],
    [100_000_000.5, "100001S"],
  ])("writes %d ms that are left as grpc-timeout %s", (leftMs, expected) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    expect(formatDeadline({ at: performance.now() + leftMs, field: "grpc-timeout" })).toBe(expected);
  });

  it.each([
    [1_500.1, "1501"],
    [-1, "1"],
    [1e12, "9999999999"],
  ])("writes %d ms that are left as connect-timeout-ms %s", (leftMs, expected) => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    expect(formatDeadline({ at: performance.now() + leftMs, field: "connect-timeout-ms" })).toBe(expected);
  });
});

describe("http2Fields()", () => {
  it("lists the pseudo-fields first, and the metadata in its order", () => {
    const request = {
      method: "POST",
      path: "/a.B/C",
      fields: ["content-type", "application/grpc", "x", "2", "x", "1"],
      deadline: undefined,
    } as const;
    expect(http2Fields({ ...request, fields: [...request.fields] }, { scheme: "https", authority: "a:1" })).toEqual([
      ...[":method", "POST", ":scheme", "https", ":authority", "a:1", ":path", "/a.B/C"],
      ...request.fields,
      ...["te", "trailers"],
    ]);
  });
});

describe("isGrpcProper()", () => {
  it.each([
    ["application/grpc", true],
    ["application/grpc+json", true],
    ["Application/gRPC; charset=utf-8", true],
    ["application/grpc-web", false],
    ["application/grpc-web+proto", false],
    ["application/proto", false],
    ["application/connect+proto", false],
  ])("finds of %s: %s", (type, expected) => {
    expect(isGrpcProper(["x", "y", "content-type", type])).toBe(expected);
  });
});
