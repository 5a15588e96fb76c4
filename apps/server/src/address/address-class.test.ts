import { describe, expect, it } from "vitest";
import { type AddressClass, classifyAddress } from "./address-class.ts";
import { parseIpAddress } from "./ip-address.ts";

const examples: readonly (readonly [AddressClass, readonly string[]])[] = [
  ["loopback", ["127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"]],
  ["unspecified", ["0.0.0.0", "0.1.2.3", "::"]],
  ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"]],
  ["cgnat", ["100.64.0.1", "100.127.255.255"]],
  ["link-local", ["169.254.1.1", "fe80::1", "fe80::1%eth0", "febf::1"]],
  ["unique-local", ["fc00::1", "fdff::1", "fec0::1"]],
  ["multicast", ["224.0.0.1", "239.255.255.255", "ff02::1"]],
  [
    "metadata",
    ["169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "fd00:ec2::254", "fd20:ce::254"],
  ],
  ["reserved", ["192.0.2.1", "198.18.0.1", "203.0.113.9", "240.0.0.1", "255.255.255.255", "2001:db8::1", "4000::1"]],
  ["public", ["1.1.1.1", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2606:4700::1111", "2001:4860::8888"]],
];

function classOf(text: string): AddressClass | undefined {
  const ip = parseIpAddress(text);
  return ip && classifyAddress(ip);
}

describe("classifyAddress()", () => {
  it.each(examples)("knows %s addresses", (expected, texts) => {
    expect(texts.map((text) => [text, classOf(text)])).toEqual(texts.map((text) => [text, expected]));
  });

  it.each([
    ["mapped", "::ffff:127.0.0.1", "loopback"],
    ["mapped, in hexadecimal", "::ffff:7f00:1", "loopback"],
    ["mapped, and public", "::ffff:8.8.8.8", "public"],
    ["compatible", "::127.0.0.1", "loopback"],
    ["translated", "::ffff:0:10.0.0.1", "private"],
    ["by NAT64", "64:ff9b::169.254.169.254", "metadata"],
    ["by NAT64, and public", "64:ff9b::8.8.8.8", "public"],
    ["by one's own NAT64 of 96 bits", "64:ff9b:1::169.254.169.254", "metadata"],
    ["by one's own NAT64 of 48 bits", "64:ff9b:1:a9fe:00a9:fe00::", "metadata"],
    ["by one's own NAT64, and public", "64:ff9b:1::8.8.8.8", "private"],
    ["by 6to4", "2002:7f00:1::", "loopback"],
    ["by 6to4, and public", "2002:808:808::1", "public"],
    ["of a Teredo client", "2001:0:808:808::80ff:fffe", "loopback"],
    ["of a Teredo server", "2001:0:7f00:1::f7f7:f7f7", "loopback"],
  ])("judges the IPv4 address %s by what it is", (_form, text, expected) => {
    expect(classOf(text)).toBe(expected);
  });
});
