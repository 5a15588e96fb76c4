import { isConnectionName, isLegalName, isReservedName, ownPrefix } from "./metadata-rules.ts";

/** What a request's field is to the gateway. */
export type RequestFieldKind =
  /** Goes to the server as it is. */
  | "metadata"
  /** Ends at the gateway: it belongs to the connection or is the gateway's own. */
  | "ends-here"
  /** What a browser adds to every request, and no metadata of the call. */
  | "browser"
  /** What HTTP's own content negotiation says. */
  | "accept"
  /** The version of the client's library, where a page may not set `user-agent`. */
  | "x-user-agent"
  | "user-agent"
  | "grpc-accept-encoding"
  /** A name that gRPC keeps for itself. */
  | "reserved"
  /** No name that metadata may have. */
  | "illegal";

/** What the gateway knows of a field by its name. */
export interface RequestRule {
  /** In lower case. */
  readonly name: string;
  readonly kind: RequestFieldKind;
}

/** What browsers add by themselves, or what speaks of a page and its cache rather than of the call. */
const browserNames: ReadonlySet<string> = new Set([
  "access-control-request-headers",
  "access-control-request-method",
  "accept-charset",
  "accept-language",
  "cache-control",
  "cookie",
  "dnt",
  "origin",
  "pragma",
  "priority",
  "referer",
  "upgrade-insecure-requests",
  "x-grpc-web",
]);

/** Fields that the gateway reads and writes anew. */
const rewrittenNames: ReadonlySet<string> = new Set(["content-type", "connect-timeout-ms", "grpc-timeout"]);

/** The most names whose rule is kept, so that what clients send doesn't fill the memory. */
const maxKept = 512;
const kept = new Map<string, RequestRule>();

/** Tells what a request's field is. */
export function requestRuleOf(rawName: string): RequestRule {
  const before = kept.get(rawName);
  if (before !== undefined) {
    return before;
  }
  const name = rawName.toLowerCase();
  const rule = { name, kind: kindOf(name) };
  if (kept.size < maxKept) {
    kept.set(rawName, rule);
  }
  return rule;
}

function kindOf(name: string): RequestFieldKind {
  if (name.startsWith(":") || isConnectionName(name) || rewrittenNames.has(name) || name.startsWith(ownPrefix)) {
    return "ends-here";
  }
  if (browserNames.has(name) || name.startsWith("sec-")) {
    return "browser";
  }
  if (name === "accept" || name === "accept-encoding") {
    return "accept";
  }
  if (name === "x-user-agent" || name === "user-agent" || name === "grpc-accept-encoding") {
    return name;
  }
  if (isReservedName(name)) {
    return "reserved";
  }
  return isLegalName(name) ? "metadata" : "illegal";
}
