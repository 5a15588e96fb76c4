import type { NodeRequest } from "./request-facts.ts";
import type { NodeResponse } from "./write-response.ts";

/** A response that stands whole in memory. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: string | Uint8Array;
}

/** Answers a request that is no call, by its path without the base path. */
export type PageHandler = (path: string, request: NodeRequest) => Answer;

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

/** Sends an answer; of a HEAD request, its headers alone. A `vary` that was set before is kept. */
export function sendAnswer(response: NodeResponse, { status, headers, body }: Answer, isHead = false): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    const before = name === "vary" ? response.getHeader(name) : undefined;
    response.setHeader(name, before === undefined ? value : `${before}, ${value}`);
  }
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (status !== 204) {
    response.setHeader("content-length", bytes.byteLength);
  }
  if (isHead || bytes.byteLength === 0) {
    response.end();
  } else {
    response.end(bytes);
  }
}
