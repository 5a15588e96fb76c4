import { describe, expect, test } from "vitest";
import { freeName, readTypedAddress } from "./target-address.ts";

describe("readTypedAddress()", () => {
  test.each([
    ["localhost:50051", "h2c://localhost:50051", "localhost-50051"],
    ["  api.example.com:443 ", "https://api.example.com:443", "api.example.com"],
    ["https://api.example.com", "https://api.example.com", "api.example.com"],
    ["h2c://[::1]:8080", "h2c://[::1]:8080", "1-8080"],
    ["http://10.0.0.1:80/x", "http://10.0.0.1:80/x", "10.0.0.1-80"],
    ["unix:/run/my app/api.sock", "unix:/run/my app/api.sock", "api"],
    ["host", "h2c://host", "host"],
    ["::::", "h2c://::::", "server"],
  ])("reads %j", (typed, address, name) => {
    expect(readTypedAddress(typed)).toEqual({ address, name });
  });

  test("finds nothing in blanks", () => {
    expect(readTypedAddress(" \t")).toBeUndefined();
  });
});

describe("freeName()", () => {
  test("adds the first figure that is free", () => {
    expect(freeName("a", new Set(["b"]))).toBe("a");
    expect(freeName("a", new Set(["a", "a-2"]))).toBe("a-3");
  });

  test("keeps within the longest name", () => {
    const long = "x".repeat(64);
    expect(freeName(long, new Set([long]))).toBe(`${"x".repeat(62)}-2`);
  });
});
