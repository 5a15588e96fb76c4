import { isIP } from "node:net";

/** An IP address as a number. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** The addresses whose first `bits` bits are those of `value`, as in `10.0.0.0/8`; the other bits of `value` are 0. */
export interface IpNetwork extends IpAddress {
  readonly bits: number;
}

const addressBits = { 4: 32, 6: 128 } as const;

/** Reads an address as `net.isIP` knows it; the zone of an IPv6 address (`%eth0`) is left out. Undefined for all else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  switch (isIP(text)) {
    case 4:
      return { family: 4, value: ipv4Value(text) };
    case 6:
      return { family: 6, value: ipv6Value(text.replace(/%.*$/, "")) };
    default:
      return undefined;
  }
}

/**
 * Reads `ADDRESS/BITS`, or an address, which is a network of its own; one mapped into IPv6 is that of IPv4. Undefined where
 * bits behind the prefix are set.
 */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const [, address = "", length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const ip = parseIpAddress(address);
  if (ip === undefined) {
    return undefined;
  }
  if (length === undefined) {
    const own = unmapped(ip);
    return { ...own, bits: addressBits[own.family] };
  }
  const bits = Number(length);
  const network = { ...ip, bits };
  return bits <= addressBits[ip.family] && ip.value === prefixOf(network) ? network : undefined;
}

/** Whether the address is one of the network's. An IPv4 address is in no IPv6 network, however it may be written. */
export function isInNetwork(ip: IpAddress, network: IpNetwork): boolean {
  return ip.family === network.family && prefixOf({ ...ip, bits: network.bits }) === network.value;
}

/** The IPv4 address that an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2) stands for; any other as it is. */
export function unmapped(ip: IpAddress): IpAddress {
  const isMapped = ip.family === 6 && ip.value >> 32n === 0xffffn;
  return isMapped ? { family: 4, value: ip.value & 0xffff_ffffn } : ip;
}

/** Whether the network is a single address. */
export function isSingleAddress({ family, bits }: IpNetwork): boolean {
  return bits === addressBits[family];
}

/** Whether two addresses are the same, one of them maybe mapped into IPv6. */
export function isSameAddress(a: IpAddress, b: IpAddress): boolean {
  const [one, other] = [unmapped(a), unmapped(b)];
  return one.family === other.family && one.value === other.value;
}

function prefixOf({ family, value, bits }: IpNetwork): bigint {
  const rest = BigInt(addressBits[family] - bits);
  return (value >> rest) << rest;
}

function ipv4Value(text: string): bigint {
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function ipv6Value(text: string): bigint {
  const dotted = /\d+\.\d+\.\d+\.\d+$/.exec(text)?.[0];
  const hex = dotted === undefined ? text : text.slice(0, -dotted.length) + hexGroups(ipv4Value(dotted));
  const [head = "", tail] = hex.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function hexGroups(ipv4: bigint): string {
  return `${(ipv4 >> 16n).toString(16)}:${(ipv4 & 0xffffn).toString(16)}`;
}
