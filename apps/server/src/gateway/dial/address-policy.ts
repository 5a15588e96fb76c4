import { networkInterfaces } from "node:os";
import { classifyAddress, embeddedIpv4 } from "../../address/address-class.ts";
import { type AllowPattern, allowsAddress, allowsName, allowsPath, namesAddress } from "../../address/allow-pattern.ts";
import { type IpAddress, isSameAddress, parseIpAddress } from "../../address/ip-address.ts";
import type { TargetAddress } from "../../address/target-address.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";
import { classFault, selfFault, unlistedFault } from "./policy-faults.ts";

/** Who set a target up: the operator, or somebody in the page. */
export type TargetOrigin = "command-line" | "saved";

/** A target, as far as the policy asks. */
export interface PolicyTarget {
  readonly address: TargetAddress;
  readonly origin: TargetOrigin;
}

/** Which addresses may be dialled. */
export interface AddressPolicy {
  /** Whether targets can be added in the page at all. */
  readonly canAdd: boolean;
  /** What forbids a target, as far as it can be told without a lookup of its name; undefined where it may be dialled. */
  checkTarget(target: PolicyTarget): UpstreamFault | undefined;
  /** What forbids a socket to an IP address that the target's host was found to have; undefined where it may open. */
  checkResolved(target: PolicyTarget, ip: string): UpstreamFault | undefined;
}

/** What `createAddressPolicy` needs. */
export interface AddressPolicyOptions {
  /** Whether other machines can reach the server. Then only what is allowed may be added. */
  readonly listensBeyondLoopback: boolean;
  readonly allowTarget: readonly AllowPattern[];
  /** Where the server listens; undefined until it does. */
  readonly ownAddress: () => { readonly host: string; readonly port: number } | undefined;
  /** The IP addresses of this machine. Default: those of its network interfaces at the moment of asking. */
  readonly machineAddresses?: () => readonly string[];
}

/**
 * Creates the policy. The operator's word counts: a target of the command line may be anywhere, but for a *name* that
 * leads to where a cloud hands out credentials. A saved target may be anywhere but there where only this machine
 * reaches the server, and only where `allowTarget` says so where others do: names lead to public addresses then, and to
 * others only where a pattern has these as IP addresses. Sockets of the file system are always to be allowed. Nothing
 * dials the server itself.
 */
export function createAddressPolicy(options: AddressPolicyOptions): AddressPolicy {
  const { listensBeyondLoopback, allowTarget } = options;

  function checkTarget(target: PolicyTarget): UpstreamFault | undefined {
    const { address, origin } = target;
    if (address.kind === "unix") {
      const isAllowed = origin === "command-line" || allowTarget.some((pattern) => allowsPath(pattern, address.path));
      return isAllowed ? undefined : unlistedFault(address);
    }
    const isLiteral = parseIpAddress(address.host) !== undefined;
    if (origin === "saved" && listensBeyondLoopback && !isListed(address, allowTarget)) {
      return unlistedFault(address);
    }
    return isLiteral ? checkResolved(target, address.host) : undefined;
  }

  function checkResolved({ address, origin }: PolicyTarget, text: string): UpstreamFault | undefined {
    const ip = parseIpAddress(text);
    if (address.kind === "unix" || ip === undefined) {
      return unlistedFault(address);
    }
    if (isOwn(ip, address.port, options)) {
      return selfFault(address);
    }
    const found = classifyAddress(ip);
    if (found === "metadata") {
      const isOperators = origin === "command-line" && parseIpAddress(address.host) !== undefined;
      const isNamed = allowTarget.some((pattern) => namesAddress(pattern, ip, address.port));
      return isOperators || isNamed ? undefined : classFault(address, found);
    }
    if (origin === "command-line" || found === "public") {
      return undefined;
    }
    if (found === "multicast") {
      return classFault(address, found);
    }
    const isAllowed = !listensBeyondLoopback || allowTarget.some((each) => allowsAddress(each, ip, address.port));
    return isAllowed ? undefined : classFault(address, found);
  }

  return { canAdd: !listensBeyondLoopback || allowTarget.length > 0, checkTarget, checkResolved };
}

/** Whether a pattern has the host as it is written. `*` is for names and public addresses, which `checkResolved` sees to. */
function isListed({ host, port }: { host: string; port: number }, patterns: readonly AllowPattern[]): boolean {
  const ip = parseIpAddress(host);
  return patterns.some((pattern) =>
    ip === undefined || pattern.kind === "any" ? allowsName(pattern, host, port) : allowsAddress(pattern, ip, port),
  );
}

/** Whether a connection to this address and port would come to this server. Doubtful forms of its address are its own. */
function isOwn(
  ip: IpAddress,
  port: number,
  { ownAddress, machineAddresses = interfaceAddresses }: AddressPolicyOptions,
): boolean {
  const own = ownAddress();
  if (own === undefined || own.port !== port) {
    return false;
  }
  const reached = [ip, ...embeddedIpv4(ip)];
  if (reached.some((each) => classifyAddress(each) === "unspecified")) {
    return true;
  }
  const bound = parseIpAddress(own.host);
  if (bound !== undefined && classifyAddress(bound) !== "unspecified") {
    return reached.some((each) => isSameAddress(each, bound));
  }
  // It listens at every address of the machine, or at a name, whose addresses are among these.
  return reached.some(
    (each) => classifyAddress(each) === "loopback" || machineAddresses().some((text) => isThis(each, text)),
  );
}

function isThis(ip: IpAddress, text: string): boolean {
  const other = parseIpAddress(text);
  return other !== undefined && isSameAddress(ip, other);
}

function interfaceAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}
