import { isIP, isIPv4 } from "node:net";

/** How one value of an option is written and read. */
export interface ValueKind<T> {
  /** What is allowed, as it completes the sentence "… is not …". */
  readonly allowed: string;
  /** Reads the text; undefined where it is not allowed. */
  readonly read: (text: string) => T | undefined;
  /** Tells more of why a text is not allowed; undefined where there is no more to tell. */
  readonly reason?: (text: string) => string | undefined;
}

/** A host, without brackets around an IPv6 address, and a port; port 0 lets the system choose. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** A host name or address in lower case, an IPv6 address in brackets, that a request may name; any port where `port` is undefined. */
export interface AllowedHost {
  readonly name: string;
  readonly port: number | undefined;
}

/** The levels of the log, from the fewest lines to the most. */
export const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** One of `logLevels`. */
export type LogLevel = (typeof logLevels)[number];

/** The longest duration, that of a timer in Node.js: 2^31 - 1 milliseconds, almost 25 days. */
export const maxDurationMs = 2_147_483_647;

const hostAndPort = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?<port>\d{1,5}))?$/i;
const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const byteUnits: Readonly<Record<string, number>> = { "": 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `HOST:PORT`, with an IPv6 address in brackets. */
export const listenAddress: ValueKind<ListenAddress> = {
  allowed: "HOST:PORT; for example 127.0.0.1:8080 or [::1]:8080",
  read(text) {
    const parts = splitHost(text);
    return parts?.port === undefined ? undefined : { host: parts.name.replace(/^\[|\]$/g, ""), port: parts.port };
  },
};

/** `NAME` or `NAME:PORT`. */
export const allowedHost: ValueKind<AllowedHost> = {
  allowed: "NAME or NAME:PORT; for example console.example.com or 192.168.1.5:8080",
  read: splitHost,
};

/** An origin as browsers send it: scheme, host and, where it is not the scheme's own, port. */
export const origin: ValueKind<string> = {
  allowed: "an origin; for example https://app.example.com or http://localhost:3000",
  read(text) {
    const url = URL.parse(text);
    const plain = url !== null && (url.protocol === "http:" || url.protocol === "https:");
    return plain && (text === url.origin || text === `${url.origin}/`) ? url.origin : undefined;
  },
};

/** A whole number, with `ms`, `s`, `m` or `h` after it. Read as milliseconds, at least 1. */
export const duration: ValueKind<number> = {
  allowed: "a duration from 1ms to 24 days; for example 500ms, 10s, 2m or 1h",
  read(text) {
    const match = /^(\d{1,10})(ms|s|m|h)$/.exec(text);
    const ms = Number(match?.[1]) * (durationUnits[match?.[2] ?? ""] ?? Number.NaN);
    return ms >= 1 && ms <= maxDurationMs ? ms : undefined;
  },
};

/** A number of bytes from `min` to `max`, with `KiB`, `MiB` or `GiB` after it where that is shorter. */
export function byteCount(min: number, max: number): ValueKind<number> {
  return {
    allowed: `a number of bytes from ${min} to ${max}; for example 65536, 64KiB or 4MiB`,
    read(text) {
      const match = /^(\d{1,10})(KiB|MiB|GiB|)$/.exec(text);
      const bytes = Number(match?.[1]) * (byteUnits[match?.[2] ?? "?"] ?? Number.NaN);
      return bytes >= min && bytes <= max ? bytes : undefined;
    },
  };
}

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): ValueKind<number> {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    read: (text) => (/^\d{1,10}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  };
}

/** A path of a file or a folder. */
export const filePath: ValueKind<string> = {
  allowed: "a path",
  read: (text) => (text === "" || text.includes("\0") ? undefined : text),
};

/** What a client can put into a header as a bearer token (RFC 6750, section 2.1). */
export const bearerToken: ValueKind<string> = {
  allowed: "a token of the letters A-Z and a-z, digits and -._~+/, with = at its end only",
  read: (text) => (/^[A-Za-z0-9._~+/-]+=*$/.test(text) ? text : undefined),
};

/** One of `logLevels`. */
export const logLevel: ValueKind<LogLevel> = {
  allowed: `one of ${logLevels.join(", ")}`,
  read: (text) => logLevels.find((level) => level === text),
};

/** A path that begins with a slash. Read without the slash at its end, so that the root is the empty text. */
export const basePath: ValueKind<string> = {
  allowed: "a path from the root; for example / or /tools/switchboard",
  read: (text) =>
    /^\/(?:[A-Za-z0-9._~-]+\/?)*$/.test(text) && !/\/\.{1,2}(\/|$)/.test(text) ? text.replace(/\/$/, "") : undefined,
};

/** Whether only this machine can reach a listener at this host. */
export function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

function splitHost(text: string): AllowedHost | undefined {
  const groups = hostAndPort.exec(text)?.groups;
  const name = groups?.host?.toLowerCase();
  const port = groups?.port === undefined ? undefined : Number(groups.port);
  if (name === undefined || (port !== undefined && port > 65_535)) {
    return undefined;
  }
  return name.startsWith("[") && isIP(name.slice(1, -1)) !== 6 ? undefined : { name, port };
}
