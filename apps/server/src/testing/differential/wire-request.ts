import type { ProfileName } from "./profiles.ts";
import type { Field } from "./script.ts";

/** The versions of HTTP that are compared. */
export type HttpVersion = "1.1" | "2";

/** A request as it goes onto the wire, to either side alike. */
export interface WireRequest {
  readonly profile: ProfileName;
  readonly httpVersion: HttpVersion;
  readonly method: string;
  /** The path and the query. */
  readonly target: string;
  /** In the order of the wire, without `host`, and without what frames the body. */
  readonly headers: readonly Field[];
  /** Undefined for a request that ends with its header. */
  readonly body: Uint8Array | undefined;
  /** Where the body is cut: to chunks of HTTP/1.1 or to DATA frames of HTTP/2. Offsets in bytes, rising. */
  readonly cuts: readonly number[];
  /**
   * In HTTP/2, whether END_STREAM comes on an empty frame of its own; in HTTP/1.1, whether the body is chunked rather
   * than of a told length.
   */
  readonly openEnd: boolean;
  /** Whether the client ends its side of the connection before the body is complete. In HTTP/1.1 only. */
  readonly abandoned?: boolean;
}

/** The first value of a header; undefined where there is none. */
export function headerOf({ headers }: WireRequest, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Cuts a body at the offsets that lie inside it. */
export function cutBody(body: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const offsets = [0, ...new Set(cuts.filter((cut) => cut > 0 && cut < body.byteLength)), body.byteLength];
  return offsets.slice(1).map((end, index) => body.subarray(offsets[index], end));
}

/** Writes a request out for a person. */
export function describeRequest({ body, cuts, headers, ...request }: WireRequest): string {
  return [
    `${request.method} ${request.target} HTTP/${request.httpVersion} (profile ${request.profile})`,
    ...headers.map(([name, value]) => `${name}: ${JSON.stringify(value).slice(1, -1)}`),
    body === undefined ? "no body" : `body ${Buffer.from(body).toString("hex")} = ${printable(body)}`,
    `cuts ${JSON.stringify(cuts)}, ${request.openEnd ? "open" : "closed"} end${request.abandoned === true ? ", abandoned" : ""}`,
  ].join("\n");
}

function printable(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/[^ -~]/g, ".");
}
