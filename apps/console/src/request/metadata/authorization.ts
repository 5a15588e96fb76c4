import { base64Encode } from "@bufbuild/protobuf/wire";
import type { MetadataRow } from "../draft.ts";
import { decodeBase64 } from "../form/fields/bytes-format.ts";

/** The usual ways to say who calls: a key of the language catalogues under `metadata.auth`. */
export const authorizationKinds = ["bearer", "basic", "apiKey"] as const;

/** One of the usual ways to say who calls. */
export type AuthorizationKind = (typeof authorizationKinds)[number];

/** The field that carries Bearer and Basic (RFC 9110, 11.6.2). */
export const authorizationName = "authorization";

/** The field that carries an API key where nobody gives another. */
export const defaultKeyName = "x-api-key";

/** The value of a Bearer token (RFC 6750). A scheme that was pasted with it isn't written twice. */
export function bearerValue(token: string): string {
  return `Bearer ${token.trim().replace(/^bearer\s+/i, "")}`;
}

/** The value of a name and a password in the Basic scheme (RFC 7617), in UTF-8. */
export function basicValue(user: string, password: string): string {
  return `Basic ${base64Encode(new TextEncoder().encode(`${user}:${password}`))}`;
}

/** The user that a Basic value names; undefined for every other value. */
export function basicUser(value: string): string | undefined {
  const credentials = /^basic\s+(\S+)$/i.exec(value.trim())?.[1];
  const bytes = credentials === undefined ? undefined : decodeBase64(credentials);
  const [user, ...password] = bytes === undefined ? [] : new TextDecoder().decode(bytes).split(":");
  return password.length === 0 ? undefined : user;
}

/** The rows with `name` set to `value`: the first row of that name takes it, or a new one behind the others. */
export function withField(rows: readonly MetadataRow[], field: MetadataRow): readonly MetadataRow[] {
  const at = rows.findIndex(({ name }) => name.toLowerCase() === field.name);
  const known = rows[at];
  return known === undefined ? [...rows, field] : rows.with(at, { ...field, id: known.id });
}
