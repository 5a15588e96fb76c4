import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { TlsMaterial } from "./read-tls-files.ts";

/** Makes what a handshake is done with: who is trusted, and who we are. */
export type TlsContexts = (material: TlsMaterial) => SecureContext;

/** The oldest version of TLS that is spoken (RFC 8996 forbids those before it). */
const minVersion = "TLSv1.2";

/**
 * Creates the maker. Without a CA of its own a target is trusted by the authorities of Node.js and those of the system.
 * Reading all of these takes some 50 ms, so that the targets that bring nothing of their own share one context; it
 * holds no sessions.
 */
export function createTlsContexts(): TlsContexts {
  let roots: string[] | undefined;
  let shared: SecureContext | undefined;
  function trusted(): string[] {
    roots ??= [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
    return roots;
  }
  return ({ ca, cert, key }) => {
    if (ca === undefined && cert === undefined) {
      shared ??= createSecureContext({ ca: trusted(), minVersion });
      return shared;
    }
    return createSecureContext({ ca: ca ?? trusted(), cert, key, minVersion });
  };
}
