import { type IpAddress, type IpNetwork, isInNetwork, parseIpNetwork } from "./ip-address.ts";

/** The kinds of IP addresses, the most dangerous to connect to first. */
export const addressClasses = [
  "metadata",
  "unspecified",
  "loopback",
  "link-local",
  "private",
  "unique-local",
  "cgnat",
  "multicast",
  "reserved",
  "public",
] as const;

/** One of `addressClasses`; only `public` ones are reached over the internet. */
export type AddressClass = (typeof addressClasses)[number];

/**
 * The ranges by their class; the first that holds an address counts. After the special-purpose registries of IANA
 * (RFC 6890). `metadata` are the addresses at which clouds hand credentials to their machines.
 */
const ranges: readonly (readonly [AddressClass, readonly IpNetwork[]])[] = [
  [
    "metadata",
    networks(
      "169.254.169.0/24",
      "169.254.170.0/24",
      "169.254.0.23",
      "169.254.42.42",
      "100.100.100.200",
      "168.63.129.16",
      "192.0.0.192",
      "fd00:ec2::/32",
      "fd20:ce::/32",
      "fd00:c1::/32",
      "fd00:42::/32",
    ),
  ],
  ["unspecified", networks("0.0.0.0/8", "::")],
  ["loopback", networks("127.0.0.0/8", "::1")],
  ["link-local", networks("169.254.0.0/16", "fe80::/10")],
  ["private", networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "64:ff9b:1::/48")],
  ["unique-local", networks("fc00::/7", "fec0::/10")],
  ["cgnat", networks("100.64.0.0/10")],
  ["multicast", networks("224.0.0.0/4", "ff00::/8")],
  [
    "reserved",
    networks(
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "240.0.0.0/4",
      "2001:db8::/32",
      "2001::/23",
      "3fff::/20",
    ),
  ],
  // The last three of these are what the IPv4 address in them is.
  ["public", networks("0.0.0.0/0", "2000::/3", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")],
];

/** Where IPv6 addresses hold an IPv4 address that packets to them end at: how far from the right, and what is flipped. */
const embeddings: readonly { readonly network: IpNetwork; readonly read: (value: bigint) => readonly bigint[] }[] = [
  // IPv4-compatible (RFC 4291), which `::1` only looks like.
  ...networks("::/96").map((network) => ({ network, read: (value: bigint) => (value === 1n ? [] : [value]) })),
  // IPv4-mapped (RFC 4291), IPv4-translated (RFC 2765) and NAT64 (RFC 6052).
  ...networks("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96").map((network) => ({ network, read: atEnd })),
  // NAT64 by a prefix of one's own (RFC 8215), whose length nobody else knows.
  ...networks("64:ff9b:1::/48").map((network) => ({ network, read: nat64Candidates })),
  // 6to4 (RFC 3056).
  ...networks("2002::/16").map((network) => ({ network, read: (value: bigint) => [low32(value >> 80n)] })),
  // Teredo (RFC 4380): the server, and the client with its bits flipped.
  ...networks("2001::/32").map((network) => ({
    network,
    read: (value: bigint) => [low32(value >> 64n), low32(value) ^ 0xffff_ffffn],
  })),
];

/**
 * Tells what kind of address this is. Of an IPv6 address that holds an IPv4 address, the one of the two counts that is
 * more dangerous.
 */
export function classifyAddress(ip: IpAddress): AddressClass {
  const found = [ip, ...embeddedIpv4(ip)].map(rangeOf);
  return addressClasses.find((each) => found.includes(each)) ?? "reserved";
}

/** The IPv4 addresses that packets to this IPv6 address may end at; none for most. */
export function embeddedIpv4(ip: IpAddress): readonly IpAddress[] {
  const values = embeddings.filter(({ network }) => isInNetwork(ip, network)).flatMap(({ read }) => read(ip.value));
  return values.map((value) => ({ family: 4, value }));
}

function rangeOf(ip: IpAddress): AddressClass {
  const range = ranges.find(([, all]) => all.some((network) => isInNetwork(ip, network)));
  return range?.[0] ?? "reserved";
}

function atEnd(value: bigint): readonly bigint[] {
  return [low32(value)];
}

/** The IPv4 address by each of the prefix lengths 48, 56, 64 and 96; all but the last go around bits 64 to 71. */
function nat64Candidates(value: bigint): readonly bigint[] {
  const squeezed = ((value >> 64n) << 56n) | (value & ((1n << 56n) - 1n));
  const candidates = [low32(squeezed >> 40n), low32(squeezed >> 32n), low32(squeezed >> 24n), low32(value)];
  // Zeros in front tell that the address isn't in this place.
  return candidates.filter((each) => each >> 24n !== 0n);
}

function low32(value: bigint): bigint {
  return value & 0xffff_ffffn;
}

function networks(...texts: string[]): readonly IpNetwork[] {
  return texts.map((text) => {
    const network = parseIpNetwork(text);
    if (network === undefined) {
      throw new Error(`no network: ${text}`);
    }
    return network;
  });
}
