import { hash } from "node:crypto";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { TlsClientSettings } from "../targets/target-settings.ts";
import type { TlsMaterial } from "./read-tls-files.ts";

/** Gives what a handshake is done with: who is trusted, and who we are. */
export type TlsContexts = (settings: TlsClientSettings, material: TlsMaterial) => SecureContext;

/** The oldest version of TLS that is spoken (RFC 8996 forbids those before it). */
const minVersion = "TLSv1.2";

/** How many contexts of files are kept: as many as there may be saved targets, and some of the command line. */
const defaultMaxKept = 128;

interface Kept {
  /** Of what the files held: the key itself is kept nowhere but in the context. */
  readonly digest: string;
  readonly context: SecureContext;
}

/**
 * Creates the maker. Without a CA of its own a target is trusted by the authorities of Node.js and those of the system.
 * Reading all of these takes some 50 ms, and making a context of them 20 ms in which nothing else runs, so that contexts
 * are kept: one for all targets that bring nothing of their own, and one for each choice of files, as long as these hold
 * the same. Contexts hold no sessions.
 *
 * @param maxKept the most contexts of files; the one that was used the longest ago goes first
 */
export function createTlsContexts(maxKept = defaultMaxKept): TlsContexts {
  const kept = new Map<string, Kept>();
  let roots: string[] | undefined;
  let shared: SecureContext | undefined;
  function trusted(): string[] {
    roots ??= [...new Set([...getCACertificates("default"), ...getCACertificates("system")])];
    return roots;
  }

  function keep(files: string, { ca, cert, key }: TlsMaterial): SecureContext {
    const digest = hash("sha256", JSON.stringify([ca, cert, key]));
    const before = kept.get(files);
    const entry =
      before?.digest === digest
        ? before
        : { digest, context: createSecureContext({ ca: ca ?? trusted(), cert, key, minVersion }) };
    // The order of the map is that of use: the first was used the longest ago.
    kept.delete(files);
    kept.set(files, entry);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) {
      kept.delete(oldest);
    }
    return entry.context;
  }

  return ({ caFile, certificateFile, keyFile }, material) => {
    if (material.ca === undefined && material.cert === undefined) {
      shared ??= createSecureContext({ ca: trusted(), minVersion });
      return shared;
    }
    return keep(JSON.stringify([caFile, certificateFile, keyFile]), material);
  };
}
