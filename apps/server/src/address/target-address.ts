import { isIPv4 } from "node:net";
import { posix } from "node:path";
import { canonicalHost } from "./canonical-host.ts";

/** Where a target is. */
export type TargetAddress =
  | {
      readonly kind: "tcp";
      /** Whether the connection is in TLS. */
      readonly secure: boolean;
      /** A name or an IP address as `net.isIP` knows it, in lower case, an IPv6 address without brackets. */
      readonly host: string;
      readonly port: number;
    }
  | {
      readonly kind: "unix";
      /** An absolute path. */
      readonly path: string;
    };

/** An address, or what is wrong with its text, as it completes the sentence "… is not a target's address: …". */
export type ParsedTargetAddress =
  | { readonly kind: "address"; readonly address: TargetAddress }
  | { readonly kind: "fault"; readonly fault: string };

/** The longest text that is read as an address. */
const maxTextLength = 1_024;

/** The longest path of a socket: the system keeps 108 bytes for it, one of them for the end. */
const maxSocketPathBytes = 107;

const defaultTlsPort = 443;
const maxPort = 65_535;
const example = "h2c://HOST:PORT, https://HOST or unix:/PATH";

type SchemeReader = (rest: string) => ParsedTargetAddress;

/** What reads the text behind each scheme: those of URLs, and those of gRPC's naming that stand for one address. */
const schemes: ReadonlyMap<string, SchemeReader> = new Map<string, SchemeReader>([
  ["h2c", (rest) => afterSlashes(rest, readPlaintext)],
  ["http", (rest) => afterSlashes(rest, readPlaintext)],
  ["https", (rest) => afterSlashes(rest, (authority) => readAuthority(authority, { secure: true }))],
  ["dns", readDns],
  ["ipv4", (rest) => readLiteral(rest, { isLiteral: isIPv4, allowed: "ipv4:ADDRESS:PORT" })],
  ["ipv6", (rest) => readLiteral(rest, { isLiteral: isBracketed, allowed: "ipv6:[ADDRESS]:PORT" })],
  ["unix", readUnix],
  ["xds", () => faulty("xds: takes its addresses from a control plane, which this server does not ask")],
  ["unix-abstract", () => faulty("abstract sockets are not dialled; use unix:/PATH")],
]);

/**
 * Reads `h2c://HOST:PORT`, `http://HOST:PORT` (the same), `https://HOST` or `https://HOST:PORT`, `HOST:PORT` (plain
 * text), `unix:/PATH`, and of gRPC's naming `dns:///HOST:PORT`, `ipv4:` and `ipv6:`. The host becomes what the URL
 * standard makes of it, so that each spelling of an IP address is that address.
 */
export function parseTargetAddress(text: string): ParsedTargetAddress {
  if (text.length > maxTextLength) {
    return faulty(`it is ${text.length} characters long, where ${maxTextLength} are allowed`);
  }
  if (!isPrintable(text)) {
    return faulty("it holds a space or a control character");
  }
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(text) ?? [];
  const read = schemes.get(scheme.toLowerCase());
  if (read !== undefined) {
    return read(rest);
  }
  return rest.startsWith("//") ? faulty(`${scheme}:// is not known; use ${example}`) : readPlaintext(text);
}

/** Writes an address as `parseTargetAddress` reads it; the port 443 of `https` is left out. */
export function formatTargetAddress(address: TargetAddress): string {
  if (address.kind === "unix") {
    return `unix:${address.path}`;
  }
  const { secure, host, port } = address;
  const isDefault = secure && port === defaultTlsPort;
  return isDefault ? `https://${bracketed(host)}` : `${secure ? "https" : "h2c"}://${formatHostAndPort(host, port)}`;
}

/** `HOST:PORT`, an IPv6 address in brackets. */
export function formatHostAndPort(host: string, port: number): string {
  return `${bracketed(host)}:${port}`;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function readPlaintext(authority: string): ParsedTargetAddress {
  return readAuthority(authority, { secure: false });
}

function afterSlashes(rest: string, read: SchemeReader): ParsedTargetAddress {
  return rest.startsWith("//") ? read(rest.slice(2).replace(/\/$/, "")) : faulty(`// is missing; use ${example}`);
}

/** `dns:HOST:PORT` or `dns:///HOST:PORT`; between the slashes would be a name server of its own. */
function readDns(rest: string): ParsedTargetAddress {
  const name = rest.replace(/^\/\/\//, "");
  return name.startsWith("//")
    ? faulty("dns:// with a name server is not done; use dns:///HOST:PORT")
    : readPlaintext(name);
}

function readLiteral(
  rest: string,
  { isLiteral, allowed }: { isLiteral: (host: string) => boolean; allowed: string },
): ParsedTargetAddress {
  const host = rest.replace(/:\d+$/, "");
  return isLiteral(host) ? readPlaintext(rest) : faulty(`it is not ${allowed} with a single address`);
}

function isBracketed(host: string): boolean {
  return host.startsWith("[") && host.endsWith("]");
}

function readUnix(rest: string): ParsedTargetAddress {
  const path = rest.replace(/^\/\/(?=\/)/, "");
  if (!path.startsWith("/") || path.startsWith("//")) {
    return faulty("the path of a socket must begin at the root; use unix:/PATH");
  }
  if (path !== posix.normalize(path) || path.endsWith("/")) {
    return faulty("the path of a socket must be without //, . and .., and without a slash at its end");
  }
  const bytes = Buffer.byteLength(path);
  return bytes > maxSocketPathBytes
    ? faulty(`the path of the socket is ${bytes} bytes long, where ${maxSocketPathBytes} are allowed`)
    : { kind: "address", address: { kind: "unix", path } };
}

function readAuthority(authority: string, { secure }: { secure: boolean }): ParsedTargetAddress {
  const extra = /[/\\?#@,]/.exec(authority)?.[0];
  if (extra !== undefined) {
    return faulty(extraFaults.get(extra) ?? "");
  }
  const { rawHost = "", rawPort } =
    /^(?<rawHost>\[[^\]]*\]|[^:[\]]*)(?::(?<rawPort>.*))?$/.exec(authority)?.groups ?? {};
  if (rawHost === "") {
    return faulty(`a host is missing, or an IPv6 address stands without brackets; use ${example}`);
  }
  const host = canonicalHost(rawHost);
  if (host === undefined) {
    return faulty(`${JSON.stringify(rawHost)} is neither a name nor an IP address`);
  }
  const port = rawPort === undefined && secure ? defaultTlsPort : portOf(rawPort ?? "");
  return port === undefined
    ? faulty(`a port from 1 to ${maxPort} is missing; use ${example}`)
    : { kind: "address", address: { kind: "tcp", secure, host, port } };
}

const extraFaults: ReadonlyMap<string, string> = new Map([
  ["/", "a path is not allowed; calls bring their own"],
  ["\\", "a backslash is not allowed"],
  ["?", "a query is not allowed"],
  ["#", "a fragment is not allowed"],
  ["@", "a user and a password are not allowed; use metadata for credentials"],
  [",", "a single address is allowed"],
]);

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= maxPort ? port : undefined;
}

function isPrintable(text: string): boolean {
  return !/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

function faulty(fault: string): ParsedTargetAddress {
  return { kind: "fault", fault };
}
