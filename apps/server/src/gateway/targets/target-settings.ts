import type { TargetAddress } from "../../address/target-address.ts";

/** What is known of a target that somebody set up. Frozen; a change makes a new one. */
export interface TargetSettings {
  /** Letters, digits, `.`, `_` and `-`, 64 at most; not `local`. */
  readonly name: string;
  readonly address: TargetAddress;
  readonly origin: "command-line" | "saved";
  readonly tls: TlsClientSettings;
  /** Metadata that is added to every call, in order; names in lower case. Secret. */
  readonly metadata: readonly HeldField[];
  /** The same for the calls that ask for the schema; empty for that of `metadata`. Secret. */
  readonly reflectionMetadata: readonly HeldField[];
  /** The deadline of calls that bring none, in milliseconds; undefined for none. */
  readonly defaultDeadlineMs: number | undefined;
  /** The longest message in either direction, in bytes; undefined for the server's own limit. */
  readonly maxMessageBytes: number | undefined;
  /** How long a connection is silent before it is asked whether it is alive, in milliseconds; undefined for never. */
  readonly keepaliveMs: number | undefined;
}

/** How a target's identity is checked and ours is shown. Paths are relative to the folder for such files. */
export interface TlsClientSettings {
  readonly caFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  /** The name that the certificate must have; undefined for the address's host. */
  readonly serverName: string | undefined;
  /** Whether anybody may answer, whatever their certificate. */
  readonly insecure: boolean;
}

/** A field of metadata whose value is a secret. */
export interface HeldField {
  readonly name: string;
  readonly value: string;
}
