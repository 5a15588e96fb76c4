/** What the page's address names: a method of a target. */
export interface MethodRoute {
  /** The target's name; `local` for the built-in services. */
  readonly target: string;
  /** The service's full name, as in `test.demo`. */
  readonly service: string;
  readonly method: string;
}

/** The target of the built-in services. */
export const localTarget = "local";

/** Reads an address's fragment, as in `#/local/test.demo/TestTwoWayStream`; undefined for every other one. */
export function parseRoute(hash: string): MethodRoute | undefined {
  const [empty, target, service, method, ...rest] = hash.replace(/^#/, "").split("/").map(decode);
  return empty === "" && target && service && method && rest.length === 0 ? { target, service, method } : undefined;
}

/** The fragment that `parseRoute` reads back. */
export function formatRoute({ target, service, method }: MethodRoute): string {
  return `#/${[target, service, method].map(encodeURIComponent).join("/")}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
