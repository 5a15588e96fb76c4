/** The bytes with which an HTTP/2 client opens a connection (RFC 9113, section 3.4). */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/**
 * Tells by the first bytes of a connection whether its client speaks HTTP/2 with prior knowledge. Undefined while the
 * bytes fit the preface without being all of it.
 */
export function detectHttpVersion(first: Uint8Array): "http1" | "http2" | undefined {
  const length = Math.min(first.byteLength, preface.byteLength);
  if (preface.compare(first, 0, length, 0, length) !== 0) {
    return "http1";
  }
  return length === preface.byteLength ? "http2" : undefined;
}
