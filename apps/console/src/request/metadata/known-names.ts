/** Names of metadata that many servers know, offered while a name is typed. */
export const knownNames: readonly string[] = [
  "authorization",
  "x-api-key",
  "x-request-id",
  "x-correlation-id",
  "x-forwarded-for",
  "x-goog-api-key",
  "x-goog-request-params",
  "x-tenant-id",
  "x-user-id",
  "accept-language",
  "baggage",
  "idempotency-key",
  "traceparent",
  "tracestate",
  "b3",
];

/** The most names that are offered. */
const maxOffered = 50;

/** Names to offer: those in use elsewhere on the page first, each once and in lower case. */
export function offeredNames(inUse: Iterable<string>): readonly string[] {
  const names = [...inUse].map((name) => name.toLowerCase()).filter((name) => name !== "");
  return [...new Set([...names, ...knownNames])].slice(0, maxOffered);
}
