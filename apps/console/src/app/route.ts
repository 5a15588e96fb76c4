/** Where a method stands. */
export interface MethodRoute {
  /** The target's name; `local` for the built-in services. */
  readonly target: string;
  /** The service's full name, as in `test.demo`. */
  readonly service: string;
  readonly method: string;
}

/** What the page's address names: a method, or a target as a whole. */
export interface PageRoute {
  readonly target: string;
  readonly method: MethodRoute | undefined;
}

/**
 * Reads an address's fragment, as in `#/local/test.demo/TestTwoWayStream` or `#/staging`; undefined for every other one.
 */
export function parseRoute(hash: string): PageRoute | undefined {
  const [empty, target, service, method, ...rest] = hash.replace(/^#/, "").split("/").map(decode);
  if (empty !== "" || !target || rest.length > 0) {
    return undefined;
  }
  if (service === undefined) {
    return { target, method: undefined };
  }
  return service && method ? { target, method: { target, service, method } } : undefined;
}

/** The fragment that `parseRoute` reads back. */
export function formatRoute({ target, method }: PageRoute): string {
  const parts = method === undefined ? [target] : [target, method.service, method.method];
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** Whether two routes name the same method. */
export function isSameRoute(a: MethodRoute, b: MethodRoute): boolean {
  return a.target === b.target && a.service === b.service && a.method === b.method;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
