import { Code, ConnectError } from "@connectrpc/connect";
import type { AccessPolicy } from "./access-policy.ts";
import { maxHeaderFields } from "./http1-server.ts";
import type { RequestFacts } from "./request-facts.ts";

/** Why a request is not let in. */
export interface Refusal {
  readonly httpStatus: 400 | 403 | 421 | 431;
  /** What a call is told. */
  readonly error: ConnectError;
}

/** What a request is held against. */
export interface GuardRules {
  readonly policy: AccessPolicy;
  /** The longest header section, in bytes. */
  readonly maxHeaderBytes: number;
}

/**
 * Checks a request before anything else looks at it: that its target and host are well-formed, that the host is one of
 * ours (against DNS rebinding), and that no page of a foreign origin sends it. Undefined where it may come in.
 *
 * @param isCall whether the request is a call, which may change something
 */
export function checkRequest(
  facts: RequestFacts,
  isCall: boolean,
  { policy, maxHeaderBytes }: GuardRules,
): Refusal | undefined {
  const { target, hosts, origin, fieldCount } = facts;
  const host = hosts[0];
  if (fieldCount > maxHeaderFields) {
    return refuse(431, `the request has more than ${maxHeaderFields} header fields`, Code.ResourceExhausted);
  }
  // The HTTP/2 server holds clients to this only once they have acknowledged its settings.
  if (facts.fieldBytes > maxHeaderBytes) {
    return refuse(431, `the header has more than ${maxHeaderBytes} bytes`, Code.ResourceExhausted);
  }
  if (!target.startsWith("/") || target.startsWith("//")) {
    return refuse(400, "the request's target must be a path", Code.InvalidArgument);
  }
  if (host === undefined || hosts.length > 1) {
    return refuse(400, `the request names ${hosts.length} hosts, where it must name one`, Code.InvalidArgument);
  }
  if (!policy.allowsHost(host)) {
    return refuse(421, `the host ${quote(host)} is not served here; start the server with --allow-host to allow it`);
  }
  if (origin !== undefined && !policy.allowsOrigin(origin)) {
    return refuse(403, `the origin ${quote(origin)} may not call; start the server with --allow-origin to allow it`);
  }
  if (origin === undefined && facts.fetchSite === "cross-site" && (isCall || !isGet(facts))) {
    return refuse(403, "a page of another site may not call without telling its origin");
  }
  return undefined;
}

/** Without a call, such a request changes nothing, as for the page or by following a link. */
function isGet({ method }: RequestFacts): boolean {
  return method === "GET" || method === "HEAD";
}

function refuse(httpStatus: Refusal["httpStatus"], message: string, code = Code.PermissionDenied): Refusal {
  return { httpStatus, error: new ConnectError(message, code) };
}

const maxQuoted = 100;

function quote(text: string): string {
  return JSON.stringify(text.slice(0, maxQuoted));
}
