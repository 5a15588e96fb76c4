import { posix } from "node:path";
import { canonicalHost } from "./canonical-host.ts";
import {
  type IpAddress,
  type IpNetwork,
  isInNetwork,
  isSingleAddress,
  parseIpAddress,
  parseIpNetwork,
  unmapped,
} from "./ip-address.ts";

/** Which targets an operator allows; any port where `port` is undefined. Frozen. */
export type AllowPattern =
  | { readonly kind: "any"; readonly port: number | undefined }
  | {
      readonly kind: "name";
      /** In lower case, without a dot at its end. */
      readonly name: string;
      /** Whether the names below it are meant, and not the name itself. */
      readonly below: boolean;
      readonly port: number | undefined;
    }
  | { readonly kind: "network"; readonly network: IpNetwork; readonly port: number | undefined }
  | {
      readonly kind: "unix";
      readonly path: string;
      /** Whether the sockets in this folder are meant; those in folders below it are not. */
      readonly isFolder: boolean;
    };

/** What a pattern may be, as it completes the sentence "… is not …". */
export const allowPatternAllowed =
  "HOST, HOST:PORT, *.DOMAIN, an IP address, a network as 10.0.0.0/8, unix:/PATH, unix:/FOLDER/* or *";

const maxPort = 65_535;
const withPort = /^(?<host>\[[^\]]*\](?:\/\d+)?|[^:[\]]*)(?::(?<port>\d{1,5}|\*))?$/;

/**
 * Reads `HOST`, `*.DOMAIN`, an IP address, a network (`10.0.0.0/8`, `[fd00::]/8`) or `*`, each with `:PORT` or `:*`
 * behind it or without; and `unix:/PATH` or `unix:/FOLDER/*`. An IPv6 address or network without a port needs no
 * brackets. Undefined for all else.
 */
export function parseAllowPattern(text: string): AllowPattern | undefined {
  if (text.startsWith("unix:")) {
    return parseUnixPattern(text.slice("unix:".length));
  }
  const bare = parseIpNetwork(text);
  if (bare !== undefined) {
    return Object.freeze({ kind: "network", network: bare, port: undefined });
  }
  const groups = withPort.exec(text)?.groups;
  const port = groups?.port === undefined || groups.port === "*" ? undefined : Number(groups.port);
  if (groups === undefined || (port !== undefined && (port < 1 || port > maxPort))) {
    return undefined;
  }
  return parseHostPattern(groups.host ?? "", port);
}

/** Whether a name is allowed at this port. Networks allow no names, whatever these lead to. */
export function allowsName(pattern: AllowPattern, name: string, port: number): boolean {
  switch (pattern.kind) {
    case "any":
      return isPort(pattern, port);
    case "name": {
      const asked = name.replace(/\.$/, "");
      const isNamed = pattern.below ? asked.endsWith(`.${pattern.name}`) : asked === pattern.name;
      return isNamed && isPort(pattern, port);
    }
    case "network":
    case "unix":
      return false;
  }
}

/** Whether an address is allowed at this port as one of a network, which it may be the only one of. */
export function allowsAddress(pattern: AllowPattern, ip: IpAddress, port: number): boolean {
  return pattern.kind === "network" && isInNetwork(unmapped(ip), pattern.network) && isPort(pattern, port);
}

/** Whether an address is allowed at this port by its own name, not only that of a network. */
export function namesAddress(pattern: AllowPattern, ip: IpAddress, port: number): boolean {
  return allowsAddress(pattern, ip, port) && pattern.kind === "network" && isSingleAddress(pattern.network);
}

/** Whether a socket of the file system is allowed. */
export function allowsPath(pattern: AllowPattern, path: string): boolean {
  return pattern.kind === "unix" && pattern.path === (pattern.isFolder ? posix.dirname(path) : path);
}

function isPort(pattern: { readonly port: number | undefined }, port: number): boolean {
  return pattern.port === undefined || pattern.port === port;
}

function parseHostPattern(host: string, port: number | undefined): AllowPattern | undefined {
  if (host === "*") {
    return Object.freeze({ kind: "any", port });
  }
  const network = parseIpNetwork(host.replace(/[[\]]/g, ""));
  if (network !== undefined) {
    return Object.freeze({ kind: "network", network, port });
  }
  const below = host.startsWith("*.");
  const canonical = canonicalHost(below ? host.slice(2) : host);
  if (canonical === undefined) {
    return undefined;
  }
  const ip = parseIpAddress(canonical);
  if (ip === undefined) {
    return Object.freeze({ kind: "name", name: canonical.replace(/\.$/, ""), below, port });
  }
  const single = below ? undefined : parseIpNetwork(canonical);
  return single && Object.freeze({ kind: "network", network: single, port });
}

function parseUnixPattern(path: string): AllowPattern | undefined {
  const isFolder = path.endsWith("/*");
  const named = isFolder ? path.slice(0, -2) || "/" : path;
  const isPlain = named.startsWith("/") && !named.startsWith("//") && !named.includes("*");
  const isNormal = named === posix.normalize(named) && (named === "/" || !named.endsWith("/"));
  return isPlain && isNormal ? Object.freeze({ kind: "unix", path: named, isFolder }) : undefined;
}
