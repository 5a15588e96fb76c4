import { type AllowedHost, allowedHost, type ListenAddress } from "../config/value-kinds.ts";

/** Which hosts requests may name, and which origins' pages may call. */
export interface AccessPolicy {
  /** Whether a `host` or `:authority` of this value is one of ours. */
  allowsHost(host: string): boolean;
  /** Whether pages of this origin may call. */
  allowsOrigin(origin: string): boolean;
}

/** What `createAccessPolicy` needs. */
export interface AccessPolicyOptions {
  /** Where the server listens, with the port that it really has. */
  readonly bound: ListenAddress;
  readonly allowHost: readonly AllowedHost[];
  readonly allowOrigin: readonly string[];
}

/** The most hosts whose answer is kept, so that what clients send doesn't fill the memory. */
const maxKnown = 64;

const schemes = { http: 80, https: 443 } as const;
const wildcards: readonly string[] = ["0.0.0.0", "::"];

/**
 * Creates the policy: two fixed lists. The hosts are the names of this machine's loopback and of the address listened
 * on, each with the bound port, and those that were allowed. The origins are those of the hosts by http and https, and
 * those that were allowed. That an origin equals the host proves nothing: a name that an attacker owns can lead here.
 */
export function createAccessPolicy({ bound, allowHost, allowOrigin }: AccessPolicyOptions): AccessPolicy {
  const listenName = bound.host.includes(":") ? `[${bound.host}]` : bound.host.toLowerCase();
  const ownNames = new Set([
    "localhost",
    "127.0.0.1",
    "[::1]",
    ...(wildcards.includes(bound.host) ? [] : [listenName]),
  ]);
  const hosts: AllowedHost[] = [...[...ownNames].map((name) => ({ name, port: bound.port })), ...allowHost];
  const origins = new Set([...hosts.flatMap((host) => originsOf(host, bound.port)), ...allowOrigin]);
  const known = new Map<string, boolean>();
  // The host of the last request most often is that of the next.
  let last = "";
  let lastAllowed = false;
  function allows(text: string): boolean {
    const asked = allowedHost.read(text);
    return asked !== undefined && hosts.some((host) => names(host, asked));
  }
  return {
    allowsHost(text) {
      if (text !== last) {
        lastAllowed = known.get(text) ?? allows(text);
        last = text;
        if (known.size < maxKnown) {
          known.set(text, lastAllowed);
        }
      }
      return lastAllowed;
    },
    allowsOrigin: (origin) => origins.has(origin),
  };
}

/** A host without a port is at the port of either scheme. */
function names(host: AllowedHost, asked: AllowedHost): boolean {
  const samePort = host.port === undefined || host.port === asked.port;
  const isDefaultPort = asked.port === undefined && (host.port === schemes.http || host.port === schemes.https);
  return host.name === asked.name && (samePort || isDefaultPort);
}

function originsOf({ name, port }: AllowedHost, boundPort: number): string[] {
  const ports = port === undefined ? [undefined, boundPort] : [port];
  return ports.flatMap((each) =>
    Object.entries(schemes).map(([scheme, own]) =>
      each === undefined || each === own ? `${scheme}://${name}` : `${scheme}://${name}:${each}`,
    ),
  );
}
