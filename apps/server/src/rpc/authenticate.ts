import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";

/** The header that carries the token where `authorization` is the service's own. */
export const tokenHeader = "x-switchboard-token";

/**
 * Checks the token of a call. Gives the lower-case names of the fields that carry it, which no service or target gets
 * to see.
 *
 * @throws ConnectError with `UNAUTHENTICATED` where it is missing or wrong.
 */
export type Authenticate = (headers: IncomingHttpHeaders) => readonly string[];

const ownField = [tokenHeader] as const;
const bothFields = [tokenHeader, "authorization"] as const;

/** Creates the check for a token; without one, every call passes. The time that it takes tells nothing of the token. */
export function createAuthenticate(token: string | undefined): Authenticate {
  if (token === undefined) {
    return () => ownField;
  }
  const expected = digest(token);
  const matches = (text: string | undefined) => text !== undefined && timingSafeEqual(digest(text), expected);
  return (headers) => {
    const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1];
    const bearerMatches = matches(bearer);
    if (!matches(headers[tokenHeader]?.toString()) && !bearerMatches) {
      throw new ConnectError(
        `calls need this server's token, as "authorization: Bearer TOKEN" or "${tokenHeader}: TOKEN"`,
        Code.Unauthenticated,
      );
    }
    return bearerMatches ? bothFields : ownField;
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
