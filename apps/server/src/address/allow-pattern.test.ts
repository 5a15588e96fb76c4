import { describe, expect, it } from "vitest";
import { allowsAddress, allowsName, allowsPath, namesAddress, parseAllowPattern } from "./allow-pattern.ts";
import { parseIpAddress } from "./ip-address.ts";

function pattern(text: string) {
  const parsed = parseAllowPattern(text);
  if (parsed === undefined) {
    throw new Error(`no pattern: ${text}`);
  }
  return parsed;
}

function allowsIp(text: string, address: string, port = 1) {
  const ip = parseIpAddress(address);
  return ip !== undefined && allowsAddress(pattern(text), ip, port);
}

describe("parseAllowPattern()", () => {
  it.each([
    "",
    "a b",
    "a:0",
    "a:65536",
    "10.0.0.1/8",
    "10.0.0.0/33",
    "*.1.2.3.4",
    "a.*",
    "*a",
    "**",
    "h2c://a:1",
    "unix:a",
    "unix:/a/../b",
    "unix:/*/b",
    "unix:/a/",
    "[::1",
  ])("refuses %j", (text) => {
    expect(parseAllowPattern(text)).toBeUndefined();
  });

  it("is frozen", () => {
    expect(["*", "a", "::1", "unix:/a"].map((text) => Object.isFrozen(pattern(text)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe("allowsName()", () => {
  it.each([
    ["a.example", "a.example", true],
    ["A.Example.", "a.example", true],
    ["a.example", "a.example.", true],
    ["a.example", "b.a.example", false],
    ["*.example", "a.example", true],
    ["*.example", "b.a.example", true],
    ["*.example", "example", false],
    ["*.example", "badexample", false],
    ["*", "anything", true],
    ["a.example:1", "a.example", true],
    ["a.example:*", "a.example", true],
    ["a.example:2", "a.example", false],
    ["*:2", "a.example", false],
    ["10.0.0.0/8", "10.example", false],
  ])("of %s and %s at port 1 is %s", (text, name, expected) => {
    expect(allowsName(pattern(text), name, 1)).toBe(expected);
  });
});

describe("allowsAddress()", () => {
  it.each([
    ["10.0.0.0/8", "10.1.2.3", true],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["10.0.0.0/8:1", "10.1.2.3", true],
    ["10.0.0.0/8:2", "10.1.2.3", false],
    ["127.1", "127.0.0.1", true],
    ["[::1]:1", "::1", true],
    ["::1", "::1", true],
    ["[fd00::]/8:1", "fd12::1", true],
    ["fd00::/8", "fd12::1", true],
    ["*", "10.0.0.1", false],
  ])("of %s and %s at port 1 is %s", (text, address, expected) => {
    expect(allowsIp(text, address)).toBe(expected);
  });
});

describe("namesAddress()", () => {
  it("is true of the address itself alone", () => {
    const ip = parseIpAddress("169.254.169.254") ?? { family: 4, value: 0n };
    expect(namesAddress(pattern("169.254.169.254"), ip, 80)).toBe(true);
    expect(namesAddress(pattern("169.254.169.254:80"), ip, 80)).toBe(true);
    expect(namesAddress(pattern("169.254.0.0/16"), ip, 80)).toBe(false);
    expect(namesAddress(pattern("*"), ip, 80)).toBe(false);
  });
});

describe("allowsPath()", () => {
  it.each([
    ["unix:/run/a.sock", "/run/a.sock", true],
    ["unix:/run/a.sock", "/run/b.sock", false],
    ["unix:/run/*", "/run/a.sock", true],
    ["unix:/run/*", "/run/below/a.sock", false],
    ["unix:/run/*", "/run", false],
    ["unix:/*", "/a.sock", true],
    ["*", "/run/a.sock", false],
  ])("of %s and %s is %s", (text, path, expected) => {
    expect(allowsPath(pattern(text), path)).toBe(expected);
  });
});
