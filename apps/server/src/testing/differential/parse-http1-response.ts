import type { Field } from "./script.ts";

/** A response of HTTP/1.1 as its bytes tell it. */
export interface Http1Response {
  readonly status: number;
  readonly headers: readonly Field[];
  readonly body: Uint8Array;
  readonly trailers: readonly Field[];
  /** How many bytes it took. */
  readonly length: number;
  /** Whether the server said, or the framing implies, that the connection ends with it. */
  readonly closes: boolean;
}

/** What is known besides the bytes. */
export interface Http1Context {
  /** The method of the request. */
  readonly method: string;
  /** Whether the server has closed its side. */
  readonly closed: boolean;
}

/** Reads a response off the start of `bytes` (RFC 9112, section 6.3). Undefined until all of it is there. */
export function parseHttp1Response(bytes: Buffer, context: Http1Context): Http1Response | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) {
    return undefined;
  }
  const start = headEnd + 4;
  const [statusLine = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const status = Number(statusLine.split(" ")[1]);
  if (status < 200) {
    const next = parseHttp1Response(bytes.subarray(start), context);
    return next === undefined ? undefined : { ...next, length: next.length + start };
  }
  const headers = lines.map(parseField);
  const closes = fieldOf(headers, "connection")?.toLowerCase() === "close";
  const head = { status, headers, trailers: [], closes };
  const told = fieldOf(headers, "content-length");
  if (context.method === "HEAD" || status === 204 || status === 304) {
    return { ...head, body: bytes.subarray(start, start), length: start };
  }
  if (fieldOf(headers, "transfer-encoding") === "chunked") {
    const chunked = parseChunks(bytes, start);
    return chunked === undefined ? undefined : { ...head, ...chunked };
  }
  const end = told === undefined ? bytes.byteLength : start + Number(told);
  const complete = told === undefined ? context.closed : bytes.byteLength >= end;
  return complete
    ? { ...head, body: bytes.subarray(start, end), length: end, closes: closes || told === undefined }
    : undefined;
}

function parseChunks(bytes: Buffer, start: number): Pick<Http1Response, "body" | "trailers" | "length"> | undefined {
  const pieces: Uint8Array[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) {
      return undefined;
    }
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    const data = lineEnd + 2;
    if (size > 0) {
      pieces.push(bytes.subarray(data, data + size));
      at = data + size + 2;
      continue;
    }
    const sectionEnd = bytes.indexOf("\r\n\r\n", lineEnd);
    if (sectionEnd < 0) {
      return undefined;
    }
    const lines = bytes.subarray(data, Math.max(data, sectionEnd)).toString("latin1").split("\r\n");
    const trailers = lines.filter((line) => line !== "").map(parseField);
    return { body: Buffer.concat(pieces), trailers, length: sectionEnd + 4 };
  }
}

function parseField(line: string): Field {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function fieldOf(headers: readonly Field[], name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}
