import type { IncomingHttpHeaders } from "node:http";
import type { FieldList } from "../net/http-exchange.ts";

/** Joins repeated fields by a comma, as Node does those that are lists. Names are a stranger's to choose. */
export function joinFields(fields: Readonly<FieldList>): IncomingHttpHeaders {
  const headers: Record<string, string> = Object.create(null);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const value = fields[i + 1] ?? "";
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
