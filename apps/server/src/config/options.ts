import type { AllowPattern } from "../address/allow-pattern.ts";
import { type Option, optional, repeated, required } from "./option.ts";
import { allowPattern, type NamedTarget, namedTarget, type ProxyTarget, proxyTarget } from "./target-values.ts";
import {
  type AllowedHost,
  allowedHost,
  basePath,
  bearerToken,
  byteCount,
  duration,
  filePath,
  type ListenAddress,
  type LogLevel,
  listenAddress,
  logLevel,
  origin,
  wholeNumber,
} from "./value-kinds.ts";

/** What the server was told at its start. Each property is also a flag and a variable: see `options`. */
export interface Config {
  /** Where to listen. */
  readonly listen: ListenAddress;
  /** The folder of the articles' database, of the targets saved in the page, and of `tls`, their certificates' folder. */
  readonly data: string;
  /** The servers that calls can be carried to; no name twice. */
  readonly target: readonly NamedTarget[];
  /** Where calls go that nothing here answers; a name is one of `target`. Undefined for nowhere. */
  readonly proxy: ProxyTarget | undefined;
  /** What targets that are added in the page may be, where other machines reach the server. */
  readonly allowTarget: readonly AllowPattern[];
  /** Hosts that requests may name, beyond this machine's own names. */
  readonly allowHost: readonly AllowedHost[];
  /** Origins whose pages may call, beyond the console's own. */
  readonly allowOrigin: readonly string[];
  /** The token that every call must carry; undefined for none. */
  readonly token: string | undefined;
  /** A file with the certificate chain, in PEM; undefined for plain text. */
  readonly tlsCert: string | undefined;
  /** A file with the private key, in PEM; given if and only if `tlsCert` is. */
  readonly tlsKey: string | undefined;
  /** How many GPUs to report; undefined to count this machine's. */
  readonly gpuCount: number | undefined;
  /** The least severe lines to log. */
  readonly logLevel: LogLevel;
  /** The path under which everything is served, without a slash at its end; empty for the root. */
  readonly basePath: string;
  /** The longest message to read, in bytes, also after decompression. */
  readonly maxMessageBytes: number;
  /** The longest header section of a request, in bytes. */
  readonly maxHeaderBytes: number;
  /** How long a request's header may take to arrive, in milliseconds. */
  readonly headersTimeout: number;
  /** How long a whole request may take to arrive where its kind has a single message, in milliseconds. */
  readonly requestTimeout: number;
  /** How long a connection without calls stays open, in milliseconds. */
  readonly idleTimeout: number;
  /** How many calls one HTTP/2 connection may have open. */
  readonly maxStreams: number;
  /** How long running calls may go on once the server was told to stop, in milliseconds. */
  readonly shutdownGrace: number;
}

/** The one table behind parsing, `--help` and the environment. */
export const options: { readonly [K in keyof Config]: Option<Config[K]> } = {
  listen: required(listenAddress, "127.0.0.1:8080", {
    argument: "HOST:PORT",
    help: "Where to listen; port 0 lets the system choose. Beyond loopback, --token is required.",
  }),
  data: required(filePath, "./data", {
    argument: "DIR",
    help: "Folder of the articles' database and of what the page saves; created if missing.",
  }),
  target: repeated(namedTarget, {
    argument: "NAME=URL",
    help: "A server to carry calls to: h2c://HOST:PORT, https://HOST or unix:/PATH.",
  }),
  proxy: optional(proxyTarget, {
    argument: "NAME|URL",
    help: "Carry calls that nothing here answers to this target, as they are.",
  }),
  allowTarget: repeated(allowPattern, {
    argument: "PATTERN",
    help: "What may be added as a target beyond loopback: HOST:PORT, *.DOMAIN:PORT, 10.0.0.0/8, unix:/FOLDER/* or *.",
  }),
  allowHost: repeated(allowedHost, {
    argument: "NAME",
    help: "Another host that requests may name, as NAME (any port) or NAME:PORT.",
  }),
  allowOrigin: repeated(origin, { argument: "ORIGIN", help: "Another origin whose pages may call." }),
  token: optional(bearerToken, {
    argument: "TOKEN",
    help: "Calls must carry it, as `authorization: Bearer TOKEN` or `x-switchboard-token: TOKEN`.",
  }),
  tlsCert: optional(filePath, { argument: "FILE", help: "Certificate chain in PEM; needs --tls-key." }),
  tlsKey: optional(filePath, { argument: "FILE", help: "Private key in PEM; needs --tls-cert." }),
  gpuCount: optional(wholeNumber(0, 2_147_483_647), {
    argument: "N",
    help: "How many GPUs to report, instead of counting them.",
  }),
  logLevel: required(logLevel, "info", {
    argument: "LEVEL",
    help: "silent, fatal, error, warn, info, debug or trace.",
  }),
  basePath: required(basePath, "/", {
    argument: "PATH",
    help: "Serve the page and the services under this path, for a proxy that keeps it.",
  }),
  maxMessageBytes: required(byteCount(1, 2 ** 32 - 1), "4MiB", { argument: "BYTES", help: "Longest message to read." }),
  maxHeaderBytes: required(byteCount(1024, 1024 ** 2), "16KiB", {
    argument: "BYTES",
    help: "Longest header section of a request.",
  }),
  headersTimeout: required(duration, "20s", {
    argument: "TIME",
    help: "How long a request's header may take to arrive.",
  }),
  requestTimeout: required(duration, "5m", {
    argument: "TIME",
    help: "How long a whole request may take to arrive, where its kind has a single message.",
  }),
  idleTimeout: required(duration, "5m", {
    argument: "TIME",
    help: "How long a connection without calls stays open.",
  }),
  maxStreams: required(wholeNumber(1, 2_147_483_647), "256", {
    argument: "N",
    help: "How many calls one HTTP/2 connection may have open.",
  }),
  shutdownGrace: required(duration, "10s", {
    argument: "TIME",
    help: "How long running calls may go on once the server was told to stop.",
  }),
};

/** The names of all options, in the order of `--help`. */
// The keys of an object literal of this very type.
export const optionNames = Object.keys(options) as readonly (keyof Config)[];

/** The flag of an option: `maxStreams` is `--max-streams`. */
export function flagOf(name: keyof Config): string {
  return `--${kebab(name)}`;
}

/** The environment variable of an option: `maxStreams` is `SWITCHBOARD_MAX_STREAMS`. */
export function variableOf(name: keyof Config): string {
  return `SWITCHBOARD_${kebab(name).replaceAll("-", "_").toUpperCase()}`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
