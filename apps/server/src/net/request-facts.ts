import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";

/** A request of HTTP/1.1 or HTTP/2. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

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
export function readRequestFacts(request: NodeRequest): RequestFacts {
  const { rawHeaders, headers, method = "", url: target = "" } = request;
  return {
    method,
    target,
    hosts: readHosts(rawHeaders),
    fieldCount: rawHeaders.length / 2,
    fieldBytes: rawHeaders.reduce((sum, text) => sum + text.length, 0),
    origin: headers.origin,
    fetchSite: single(headers["sec-fetch-site"]),
    contentType: headers["content-type"] ?? "",
  };
}

function readHosts(rawHeaders: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase();
    const value = rawHeaders[i + 1] ?? "";
    const repeatsAuthority = name === "host" && rawHeaders.includes(":authority") && hosts.includes(value);
    if (name === ":authority" || (name === "host" && !repeatsAuthority)) {
      hosts.push(value);
    }
  }
  return hosts;
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
