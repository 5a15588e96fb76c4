import { Code } from "@connectrpc/connect";
import type { AddressClass } from "../../address/address-class.ts";
import { formatHostAndPort, formatTargetAddress, type TargetAddress } from "../../address/target-address.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";

/** What the classes of addresses are called in texts. */
const classNames: Readonly<Record<AddressClass, string>> = {
  metadata: "an address at which a cloud hands out credentials",
  unspecified: "an unspecified address",
  loopback: "an address of this machine's loopback",
  "link-local": "a link-local address",
  private: "a private address",
  "unique-local": "a private address",
  cgnat: "a private address",
  multicast: "a multicast address",
  reserved: "a reserved address",
  public: "a public address",
};

/** The fault that a connection would come back to this server. */
export function selfFault(address: TargetAddress): UpstreamFault {
  const where = formatTargetAddress(address);
  return {
    code: Code.FailedPrecondition,
    message: `${where} is this server itself, where a call would go in circles; use the target "local" for its own services`,
    endedBy: "gateway",
    kind: "dials-itself",
    parameters: { address: where },
  };
}

/** The fault that no `--allow-target` names a target of a server that others can reach. */
export function unlistedFault(address: TargetAddress): UpstreamFault {
  const where = formatTargetAddress(address);
  const pattern = address.kind === "unix" ? where : formatHostAndPort(address.host, address.port);
  const reason =
    address.kind === "unix"
      ? "sockets of the file system are dialled only where the command line allows them"
      : "other machines can reach this server, so that it dials only what its command line allows";
  return forbidden(address, `${where} is not allowed: ${reason}; start it with --allow-target ${pattern}`, pattern);
}

/** The fault that an address is of a class that is not dialled unless it is allowed by its own number. */
export function classFault(address: TargetAddress, found: AddressClass): UpstreamFault {
  const where = formatTargetAddress(address);
  const remedy =
    found === "multicast"
      ? "no server listens at one"
      : "where that is meant, start Switchboard with --allow-target and the IP address";
  return forbidden(address, `${where} is or leads to ${classNames[found]}, which is not dialled; ${remedy}`);
}

function forbidden(address: TargetAddress, message: string, pattern?: string): UpstreamFault {
  const where = formatTargetAddress(address);
  return {
    code: Code.PermissionDenied,
    message,
    endedBy: "gateway",
    kind: "address-forbidden",
    parameters: { address: where, ...(pattern === undefined ? {} : { pattern }) },
  };
}
