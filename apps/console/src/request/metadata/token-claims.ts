import { decodeBase64 } from "../form/fields/bytes-format.ts";

/** What a JSON Web Token says of itself (RFC 7519). Nobody has checked its signature. */
export interface TokenClaims {
  /** Whom it is about; undefined where it doesn't say. */
  readonly subject: string | undefined;
  /** When it expires, in milliseconds since 1970; undefined where it doesn't say. */
  readonly expiresAt: number | undefined;
}

/** Longer tokens are not looked into: header fields are refused long before. */
const maxTokenLength = 65_536;

/** Reads the claims of a Bearer value that holds a JSON Web Token; undefined for every other value. Never throws. */
export function tokenClaims(value: string): TokenClaims | undefined {
  const payload = /^bearer\s+[\w-]+\.([\w-]+)\.[\w-]*$/i.exec(value.slice(0, maxTokenLength).trim())?.[1];
  const bytes = payload === undefined ? undefined : decodeBase64(payload);
  const claims = bytes === undefined ? undefined : parseObject(new TextDecoder().decode(bytes));
  if (claims === undefined) {
    return undefined;
  }
  const { sub, exp } = claims;
  return {
    subject: typeof sub === "string" ? sub : undefined,
    expiresAt: typeof exp === "number" && Number.isFinite(exp) ? exp * 1_000 : undefined,
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
