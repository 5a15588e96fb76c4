import { cors } from "@connectrpc/connect";
import type { FieldList } from "./http-exchange.ts";

/** How long a browser may keep the answer to a preflight, in seconds: two hours, the most that Chromium takes. */
const preflightMaxAge = 7_200;

const allowedMethods = [...cors.allowedMethods, "HEAD", "OPTIONS"].join(", ");
const allowedHeaders = [...cors.allowedHeaders, "Authorization"];

/**
 * Adds to a response's fields those that let a page of an allowed origin read it: a page sees all of its metadata.
 */
export function addCorsFields(fields: FieldList, origin: string): void {
  const names = fields.filter((_, index) => index % 2 === 0);
  fields.push(
    "access-control-allow-origin",
    origin,
    "vary",
    "origin",
    "access-control-expose-headers",
    [...new Set([...cors.exposedHeaders, ...names].map(lower))].join(", "),
  );
}

/**
 * The headers that answer the preflight of an allowed origin, beside those of every response. Headers it asks for are
 * allowed beside those of the protocols, since metadata may have any name.
 *
 * @param asked the value of `access-control-request-headers`
 */
export function preflightHeaders(asked: string): Record<string, string> {
  const custom = asked
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^[0-9A-Za-z_.-]+$/.test(name));
  return {
    "access-control-allow-methods": allowedMethods,
    "access-control-allow-headers": [...new Set([...allowedHeaders, ...custom].map(lower))].join(", "),
    "access-control-max-age": String(preflightMaxAge),
    vary: "access-control-request-method, access-control-request-headers",
  };
}

function lower(name: string): string {
  return name.toLowerCase();
}
