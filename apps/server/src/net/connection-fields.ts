/**
 * The lower-case names of fields that belong to a connection or to the framing of HTTP (RFC 9110, section 7.6.1; RFC 9113,
 * section 8.2.2).
 */
export const connectionFields: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
