import type { Code } from "@connectrpc/connect";

/** Why an exchange with an upstream failed. Everything in it may be told to the caller. */
export interface UpstreamFault {
  /** The gRPC code that stands for it. */
  readonly code: Code;
  /** What happened and, where there is one, what would mend it: no address of our own and no path of this machine. */
  readonly message: string;
  /** Who ended the exchange. */
  readonly endedBy: "upstream" | "gateway";
  /** What kind of fault it is, for the page's own words; `reset` for one of the stream. */
  readonly kind: UpstreamFaultKind;
  /** Names and values in the page's own words, as the code of a reset or the name of a certificate. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The kinds of faults. Those of dialling have a text of their own each, with the remedy. */
export type UpstreamFaultKind =
  | "address-forbidden"
  | "dials-itself"
  | "name-not-found"
  | "name-lookup-failed"
  | "refused"
  | "unreachable"
  | "connect-timeout"
  | "socket-missing"
  | "tls-file"
  | "tls-port-in-plaintext"
  | "plaintext-port-with-tls"
  | "certificate-expired"
  | "certificate-not-yet-valid"
  | "certificate-wrong-name"
  | "certificate-unknown-authority"
  | "certificate-required"
  | "tls-failed"
  | "no-alpn-h2"
  | "speaks-http1"
  | "speaks-no-http"
  | "silent-peer"
  | "too-many-pings"
  | "queue-full"
  | "queue-timeout"
  | "connection-lost"
  | "went-away"
  | "reset"
  | "protocol-error"
  | "header-too-large"
  | "deadline"
  | "closed";
