import type { FieldList } from "../../net/http-exchange.ts";
import { endedByField } from "./ended-by.ts";
import { isConnectionName } from "./metadata-rules.ts";

/** The prefix under which a browser gets what a server sent in a field that would act on the page. */
export const upstreamPrefix = "x-switchboard-upstream-";

/** Fields by which a response acts on a browser, its stores or the page, beyond telling of itself. */
const actingNames: ReadonlySet<string> = new Set([
  "accept-ch",
  "activate-storage-access",
  "alt-svc",
  "clear-site-data",
  "content-disposition",
  "content-encoding",
  "content-security-policy",
  "content-security-policy-report-only",
  "critical-ch",
  "document-policy",
  "expect-ct",
  "feature-policy",
  "link",
  "location",
  "nel",
  "no-vary-search",
  "origin-agent-cluster",
  "origin-trial",
  "permissions-policy",
  "public-key-pins",
  "referrer-policy",
  "refresh",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "service-worker-navigation-preload",
  "set-cookie",
  "set-cookie2",
  "set-login",
  "sourcemap",
  "speculation-rules",
  "strict-transport-security",
  "supports-loading-mode",
  "timing-allow-origin",
  "use-as-dictionary",
  "www-authenticate",
  "x-content-type-options",
  "x-dns-prefetch-control",
  "x-frame-options",
  "x-sourcemap",
]);

const actingPrefixes = ["access-control-", "cross-origin-", "sec-", "content-security-policy"] as const;

/** Whom a response is for: a browser, which obeys what it says, or a native client. */
export type ResponseReader = "browser" | "native";

/** What the gateway knows of a response's field by its name. */
interface ResponseRule {
  /** Under what name a browser gets it; undefined where it gets none. */
  readonly browserName: string | undefined;
  /** Whether it ends at the gateway. */
  readonly endsHere: boolean;
}

/** The most names whose rule is kept, so that what servers send doesn't fill the memory. */
const maxKept = 512;
const kept = new Map<string, ResponseRule>();

/** A name that HTTP can carry, as both of its versions have it in lower case (RFC 9110, section 5.6.2). */
const token = /^[0-9a-z!#$%&'*+^_`|~.-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const control = /[\0-\x08\x0a-\x1f\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const controls = /[\0-\x08\x0a-\x1f\x7f]/g;

/**
 * Appends the fields of a server's response to those of the response to the client. Fields of the connection end here,
 * and so does one that would pass for the gateway's word on who ended the call. A browser gets those that would act on it
 * under `upstreamPrefix`.
 *
 * @param skipped lower-case names of fields that the caller sees to
 */
export function appendResponseFields(
  fields: FieldList,
  received: FieldList,
  reader: ResponseReader,
  skipped: ReadonlySet<string>,
): void {
  const connectionOptions = readConnectionOptions(received);
  for (let i = 0; i < received.length; i += 2) {
    const name = received[i] as string;
    const { endsHere, browserName } = ruleOf(name);
    if (!endsHere && !skipped.has(name) && !connectionOptions?.includes(name)) {
      fields.push(reader === "native" ? name : (browserName ?? name), safeValue(received[i + 1] as string));
    }
  }
}

/** The value of the first field of this name. */
export function findField(fields: FieldList, name: string): string | undefined {
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i] === name) {
      return fields[i + 1];
    }
  }
  return undefined;
}

/** A value without control characters, of which a line break would forge another field. */
export function safeValue(value: string): string {
  return control.test(value) ? value.replace(controls, "") : value;
}

function ruleOf(name: string): ResponseRule {
  const before = kept.get(name);
  if (before !== undefined) {
    return before;
  }
  const acts = actingNames.has(name) || actingPrefixes.some((prefix) => name.startsWith(prefix));
  const rule = {
    endsHere: isConnectionName(name) || name === endedByField || !token.test(name),
    browserName: acts ? upstreamPrefix + name : undefined,
  };
  if (kept.size < maxKept) {
    kept.set(name, rule);
  }
  return rule;
}

function readConnectionOptions(received: FieldList): readonly string[] | undefined {
  const value = findField(received, "connection");
  return value?.split(",").map((option) => option.trim().toLowerCase());
}
