/** Wraps a fetch so that each request bears the token that the server asks for, where there is one at that moment. */
export function withToken(fetch: typeof globalThis.fetch, token: () => string | undefined): typeof globalThis.fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    const given = token();
    if (given !== undefined) {
      headers.set("x-switchboard-token", given);
    }
    return fetch(input, { ...init, headers });
  };
}
