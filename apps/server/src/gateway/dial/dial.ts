import type { Socket } from "node:net";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";

/** The stages of dialling, in their order. */
export type DialStage = "policy" | "resolve" | "connect" | "tls";

/** A connection that is open, in TLS where the target's address says so. */
export interface Dialled {
  readonly socket: Socket;
  /** What the peer chose by ALPN; undefined in plain text and where it chose nothing. */
  readonly alpn: "h2" | "http/1.1" | undefined;
}

/** How one connection is dialled. */
export interface DialOptions {
  /** What is offered by ALPN. */
  readonly alpn: readonly ("h2" | "http/1.1")[];
  /** Gives the dialling up: what is open is closed. */
  readonly signal: AbortSignal;
  /** Is told each stage that ended well, with what was found, as in `127.0.0.1:50051` or `TLSv1.3, h2`. */
  readonly onStage?: (stage: DialStage, finding: string) => void;
}

/** Opens a connection to one target: the policy is asked of each address before a socket opens to it. */
export type Dial = (options: DialOptions) => Promise<Dialled>;

/** What a failed dialling rejects with. */
export class DialError extends Error {
  override readonly name = "DialError";
  readonly stage: DialStage;
  readonly fault: UpstreamFault;

  constructor(stage: DialStage, fault: UpstreamFault, cause?: unknown) {
    super(fault.message, { cause });
    this.stage = stage;
    this.fault = fault;
  }
}
