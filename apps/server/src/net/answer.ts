import type { FieldList, HttpExchange } from "./http-exchange.ts";

/** A response that stands whole in memory. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: string | Uint8Array;
}

/** Answers a request that is no call, by its path without the base path. */
export type PageHandler = (path: string, request: HttpExchange) => Answer;

/** Creates an answer of plain text for a person, with a line end after it. */
export function textAnswer(status: number, text: string): Answer {
  return {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
    body: `${text}\n`,
  };
}

/** Sends an answer; of a HEAD request, its headers alone. */
export function sendAnswer(exchange: HttpExchange, { status, headers, body }: Answer): void {
  const fields: FieldList = Object.entries(headers).flat();
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (status !== 204) {
    fields.push("content-length", `${bytes.byteLength}`);
  }
  exchange.send(status, fields, bytes);
}
