import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTargetAddress, parseTargetAddress } from "./target-address.ts";

function read(text: string) {
  const parsed = parseTargetAddress(text);
  return parsed.kind === "address" ? parsed.address : parsed.fault;
}

const tcp = (host: string, port: number, secure = false) => ({ kind: "tcp", secure, host, port });

describe("parseTargetAddress()", () => {
  it.each([
    ["h2c://a.example:1", tcp("a.example", 1)],
    ["http://a.example:80/", tcp("a.example", 80)],
    ["HTTPS://A.Example", tcp("a.example", 443, true)],
    ["https://a.example:8443", tcp("a.example", 8443, true)],
    ["https://[::1]", tcp("::1", 443, true)],
    ["localhost:50051", tcp("localhost", 50_051)],
    ["my_service:65535", tcp("my_service", 65_535)],
    ["[fd00::1]:1", tcp("fd00::1", 1)],
    ["bücher.example:1", tcp("xn--bcher-kva.example", 1)],
    ["dns:///a.example:1", tcp("a.example", 1)],
    ["dns:a.example:1", tcp("a.example", 1)],
    ["ipv4:10.0.0.1:1", tcp("10.0.0.1", 1)],
    ["ipv6:[::1]:1", tcp("::1", 1)],
    ["unix:/run/a.sock", { kind: "unix", path: "/run/a.sock" }],
    ["unix:///run/a.sock", { kind: "unix", path: "/run/a.sock" }],
  ])("reads %s", (text, address) => {
    expect(read(text)).toEqual(address);
  });

  it.each([
    ["127.1", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["2130706433", "127.0.0.1"],
    ["0x7f000001", "127.0.0.1"],
    ["0177.0.0.1", "127.0.0.1"],
    ["127.0.0.1.", "127.0.0.1"],
    ["１２７．０．０．１", "127.0.0.1"],
    ["①②⑦.0.0.1", "127.0.0.1"],
    ["169。254。169。254", "169.254.169.254"],
    ["LOCALHOST", "localhost"],
    ["ｌｏｃａｌｈｏｓｔ", "localhost"],
    ["[0:0:0:0:0:0:0:1]", "::1"],
    ["[::FFFF:127.0.0.1]", "::ffff:7f00:1"],
  ])("takes the host %s for what it means", (host, meant) => {
    expect(read(`h2c://${host}:1`)).toEqual(tcp(meant, 1));
    expect(read(`${host}:1`)).toEqual(tcp(meant, 1));
  });

  it.each([
    ["http://user:secret@a:1", "a user and a password are not allowed; use metadata for credentials"],
    ["h2c://a:1/path", "a path is not allowed; calls bring their own"],
    ["h2c://a:1//", "a path is not allowed; calls bring their own"],
    ["h2c://a:1?x", "a query is not allowed"],
    ["h2c://a:1#x", "a fragment is not allowed"],
    ["h2c://a:1\\x", "a backslash is not allowed"],
    ["ipv4:10.0.0.1:1,10.0.0.2:1", "it is not ipv4:ADDRESS:PORT with a single address"],
    ["a:1,b:1", "a single address is allowed"],
    ["ipv4:a.example:1", "it is not ipv4:ADDRESS:PORT with a single address"],
    ["ipv6:::1:1", "it is not ipv6:[ADDRESS]:PORT with a single address"],
    ["dns://8.8.8.8/a:1", "dns:// with a name server is not done; use dns:///HOST:PORT"],
    ["xds:///a", "xds: takes its addresses from a control plane, which this server does not ask"],
    ["unix-abstract:a", "abstract sockets are not dialled; use unix:/PATH"],
    ["unix:a", "the path of a socket must begin at the root; use unix:/PATH"],
    ["unix://a/b", "the path of a socket must begin at the root; use unix:/PATH"],
    ["unix:/a/../b", "the path of a socket must be without //, . and .., and without a slash at its end"],
    [`unix:/${"a".repeat(107)}`, "the path of the socket is 108 bytes long, where 107 are allowed"],
    ["ftp://a:1", "ftp:// is not known; use h2c://HOST:PORT, https://HOST or unix:/PATH"],
    ["https:a", "// is missing; use h2c://HOST:PORT, https://HOST or unix:/PATH"],
    ["[::1%lo]:1", '"[::1%lo]" is neither a name nor an IP address'],
    ["a%00b:1", '"a%00b" is neither a name nor an IP address'],
    ["1.2.3.4.5:1", '"1.2.3.4.5" is neither a name nor an IP address'],
    [`${"a".repeat(64)}:1`, `"${"a".repeat(64)}" is neither a name nor an IP address`],
    ["a b:1", "it holds a space or a control character"],
    ["a:1\n", "it holds a space or a control character"],
    ["a\u00ad:1", "it holds a space or a control character"],
    ["x".repeat(1_025), "it is 1025 characters long, where 1024 are allowed"],
  ])("refuses %j", (text, fault) => {
    expect(read(text)).toBe(fault);
  });

  it.each(["a", "a:", "a:0", "a:65536", "a:+1", "a:1:2", "h2c://a", "http://a/", "a:１"])(
    "misses a port in %j",
    (text) => {
      expect(read(text)).toContain("a port from 1 to 65535 is missing");
    },
  );

  it.each(["", ":1", "h2c://", "https://:1", "::1:80"])("misses a host in %j", (text) => {
    expect(read(text)).toMatch(/a host is missing|a port .* is missing/);
  });

  it("answers any text with an address that it reads back, or with a fault", () => {
    const parts = ["h2c:", "https:", "dns:", "unix:", "ipv6:", "//", "/", "[::1]", "127.1", "a.b", ":", "1", "@", "%"];
    const piece = fc.constantFrom(...parts, "\0", "\n", "\u00ad", "１", "。", "ß", "\ud800", "\u{10ffff}");
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseTargetAddress(given);
        if (parsed.kind === "address") {
          expect(read(formatTargetAddress(parsed.address))).toEqual(parsed.address);
        } else {
          expect(parsed.fault).not.toBe("");
        }
      }),
    );
  });
});

describe("formatTargetAddress()", () => {
  it.each(["h2c://a:1", "https://a", "https://[::1]:1", "unix:/a"])("writes %s as it was read", (text) => {
    const parsed = parseTargetAddress(text);
    expect(parsed.kind === "address" && formatTargetAddress(parsed.address)).toBe(text);
  });
});
