/** Every kind of fault for which the page has words of its own: a key of the language catalogues under `target.fault`. */
export const faultKinds = [
  "address-forbidden",
  "dials-itself",
  "name-not-found",
  "name-lookup-failed",
  "refused",
  "unreachable",
  "connect-timeout",
  "socket-missing",
  "tls-file",
  "tls-port-in-plaintext",
  "plaintext-port-with-tls",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-wrong-name",
  "certificate-unknown-authority",
  "certificate-required",
  "tls-failed",
  "no-alpn-h2",
  "speaks-http1",
  "speaks-no-http",
  "silent-peer",
  "connection-lost",
  "went-away",
  "protocol-error",
  "no-reflection",
] as const;

/** A kind of fault with words of its own. */
export type FaultKind = (typeof faultKinds)[number];

/** The kind of this name; undefined for one that only the server has words for. */
export function knownFaultKind(name: string): FaultKind | undefined {
  return faultKinds.find((kind) => kind === name);
}
