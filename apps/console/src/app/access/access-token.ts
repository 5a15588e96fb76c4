import type { TextStorage } from "../storage.ts";

/** The token that the server asks for with every call, where it was started with one. */
export interface AccessToken {
  /** Undefined where none was given. */
  get(): string | undefined;
  set(token: string): void;
}

/** What the token is taken from and kept in. */
export interface AccessTokenOptions {
  /** Outlives a reload, and not the browser's tab. */
  readonly storage: TextStorage;
  readonly page: Pick<Window, "location" | "history" | "addEventListener">;
}

const tokenKey = "switchboard.token";

/**
 * Keeps the token. An address that ends in `#token=…` gives it, as a link to the page can; it is taken out of the
 * address bar and the history at once.
 */
export function createAccessToken({ storage, page }: AccessTokenOptions): AccessToken {
  let token = storage.read(tokenKey);
  const set = (given: string) => {
    token = given;
    storage.write(tokenKey, given);
  };
  const take = (address: string) => {
    const given = tokenInFragment(page.location.hash);
    if (given !== undefined) {
      page.history.replaceState(null, "", address);
      set(given);
    }
  };
  take(page.location.pathname + page.location.search);
  page.addEventListener("hashchange", ({ oldURL }) => take(oldURL));
  return { get: () => token, set };
}

/** Whether a text can be a token: a header has to carry it, so it has printable ASCII characters alone, and no space. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function tokenInFragment(hash: string): string | undefined {
  const [, encoded = ""] = /^#token=(.+)$/.exec(hash) ?? [];
  try {
    const token = decodeURIComponent(encoded);
    return isToken(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
