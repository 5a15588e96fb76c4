import { BlockList, SocketAddress } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInNetwork, isSameAddress, parseIpAddress, parseIpNetwork } from "./ip-address.ts";

function ip(text: string) {
  const parsed = parseIpAddress(text);
  if (parsed === undefined) {
    throw new Error(`no address: ${text}`);
  }
  return parsed;
}

function network(text: string) {
  const parsed = parseIpNetwork(text);
  if (parsed === undefined) {
    throw new Error(`no network: ${text}`);
  }
  return parsed;
}

describe("parseIpAddress()", () => {
  it.each([
    ["1.2.3.4", 4, 0x01020304n],
    ["255.255.255.255", 4, 0xffff_ffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["1:2:3:4:5:6:7:8", 6, 0x0001_0002_0003_0004_0005_0006_0007_0008n],
    ["::ffff:1.2.3.4", 6, 0xffff_0102_0304n],
    ["1:2:3:4:5:6:1.2.3.4", 6, 0x0001_0002_0003_0004_0005_0006_0102_0304n],
    ["fe80::1%eth0", 6, 0xfe80_0000_0000_0000_0000_0000_0000_0001n],
  ])("reads %s", (text, family, value) => {
    expect(parseIpAddress(text)).toEqual({ family, value });
  });

  it.each(["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "0x7f.0.0.1", "::1::", ":1", "[::1]", "localhost"])(
    "takes %j for no address",
    (text) => {
      expect(parseIpAddress(text)).toBeUndefined();
    },
  );

  it("reads each spelling of an IPv6 address as the same number", () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = new SocketAddress({ address: text, family: "ipv6" }).address;
        expect(ip(text)).toEqual(ip(canonical));
      }),
    );
  });
});

describe("parseIpNetwork()", () => {
  it.each(["10.0.0.1/8", "10.0.0.0/33", "::/129", "::1%lo/128", "10.0.0.0/", "10.0.0.0/8/8", "a/8"])(
    "takes %s for no network",
    (text) => {
      expect(parseIpNetwork(text)).toBeUndefined();
    },
  );

  it("reads an address as a network of its own", () => {
    expect(network("::ffff:10.0.0.1")).toEqual(network("10.0.0.1/32"));
  });
});

describe("isInNetwork()", () => {
  it("agrees with the system's own list", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (text, base, bits) => {
        const rest = BigInt(32 - bits);
        const prefix = { family: 4, value: (ip(base).value >> rest) << rest, bits } as const;
        const list = new BlockList();
        list.addSubnet(base, bits, "ipv4");
        expect(isInNetwork(ip(text), prefix)).toBe(list.check(text, "ipv4"));
      }),
    );
  });

  it("has no IPv4 address in an IPv6 network", () => {
    expect(isInNetwork(ip("1.2.3.4"), network("::/0"))).toBe(false);
  });
});

describe("isSameAddress()", () => {
  it("takes a mapped address for the IPv4 address in it", () => {
    expect(isSameAddress(ip("::ffff:127.0.0.1"), ip("127.0.0.1"))).toBe(true);
    expect(isSameAddress(ip("::127.0.0.1"), ip("127.0.0.1"))).toBe(false);
  });
});
