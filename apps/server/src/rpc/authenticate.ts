import { createHash, timingSafeEqual } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";

/** The header that carries the token where `authorization` is the service's own. */
export const tokenHeader = "x-switchboard-token";

/**
 * Checks the token of a call and takes it out of the header, so that no service or target gets to see it.
 *
 * @throws ConnectError with `UNAUTHENTICATED` where it is missing or wrong.
 */
export type Authenticate = (header: Headers) => void;

/** Creates the check for a token; without one, every call passes. The time that it takes tells nothing of the token. */
export function createAuthenticate(token: string | undefined): Authenticate {
  if (token === undefined) {
    return (header) => header.delete(tokenHeader);
  }
  const expected = digest(token);
  const matches = (text: string | undefined) => text !== undefined && timingSafeEqual(digest(text), expected);
  return (header) => {
    const bearer = /^Bearer +(.+)$/i.exec(header.get("authorization") ?? "")?.[1];
    const own = header.get(tokenHeader) ?? undefined;
    const bearerMatches = matches(bearer);
    if (!matches(own) && !bearerMatches) {
      throw new ConnectError(
        `calls need this server's token, as "authorization: Bearer TOKEN" or "${tokenHeader}: TOKEN"`,
        Code.Unauthenticated,
      );
    }
    header.delete(tokenHeader);
    if (bearerMatches) {
      header.delete("authorization");
    }
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
