import { cors } from "@connectrpc/connect";

/** How long a browser may keep the answer to a preflight, in seconds: two hours, the most that Chromium takes. */
const preflightMaxAge = 7_200;

const allowedMethods = [...cors.allowedMethods, "HEAD", "OPTIONS"].join(", ");
const allowedHeaders = [...cors.allowedHeaders, "Authorization"];

/** The headers that let a page of an allowed origin read a response, whatever that is. */
export function corsHeaders(origin: string): Record<string, string> {
  return { "access-control-allow-origin": origin, vary: "origin" };
}

/**
 * The headers that answer the preflight of an allowed origin. Headers it asks for are allowed beside those of the
 * protocols, since metadata may have any name.
 *
 * @param asked the value of `access-control-request-headers`
 */
export function preflightHeaders(origin: string, asked: string): Record<string, string> {
  const custom = asked
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^[0-9A-Za-z_.-]+$/.test(name));
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": allowedMethods,
    "access-control-allow-headers": [...new Set([...allowedHeaders, ...custom].map(lower))].join(", "),
    "access-control-max-age": String(preflightMaxAge),
    vary: "origin, access-control-request-method, access-control-request-headers",
  };
}

/** The value of `access-control-expose-headers` for a response with these fields: a page sees all of its metadata. */
export function exposedHeaders(fields: Iterable<string>): string {
  return [...new Set([...cors.exposedHeaders, ...fields].map(lower))].join(", ");
}

function lower(name: string): string {
  return name.toLowerCase();
}
