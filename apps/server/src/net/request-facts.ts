import type { IncomingHttpHeaders } from "node:http";

/** A request's head, of any HTTP version. */
export interface RequestHead {
  readonly method?: string | undefined;
  /** The request's target as it was sent. */
  readonly target?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

/** What the guard and the routes look at in a request. */
export interface RequestFacts {
  readonly method: string;
  /** The request's target as it was sent. */
  readonly target: string;
  /** Every value of `host`, or of `:authority` and any `host` that differs from it. */
  readonly hosts: readonly string[];
  /** How many header fields there are. */
  readonly fieldCount: number;
  /** The length of all names and values together. */
  readonly fieldBytes: number;
  readonly origin: string | undefined;
  /** What a browser says of where the request comes from (Fetch Metadata). */
  readonly fetchSite: string | undefined;
  /** The value of `content-type`; empty where there is none. */
  readonly contentType: string;
}

/** Reads the facts of a request. */
export function readRequestFacts({ rawHeaders, headers, method = "", target = "" }: RequestHead): RequestFacts {
  let fieldBytes = 0;
  for (let i = 0; i < rawHeaders.length; i++) {
    fieldBytes += rawHeaders[i]?.length ?? 0;
  }
  return {
    method,
    target,
    hosts: readHosts(rawHeaders),
    fieldCount: rawHeaders.length / 2,
    fieldBytes,
    origin: headers.origin,
    fetchSite: single(headers["sec-fetch-site"]),
    contentType: headers["content-type"] ?? "",
  };
}

function readHosts(rawHeaders: readonly string[]): string[] {
  const hosts: string[] = [];
  let authority: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name === ":authority") {
      authority = rawHeaders[i + 1] ?? "";
      hosts.push(authority);
    } else if (name.length === 4 && name.toLowerCase() === "host" && rawHeaders[i + 1] !== authority) {
      hosts.push(rawHeaders[i + 1] ?? "");
    }
  }
  return hosts;
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
