/** Encodes a piece of a gRPC-Web text body, padded so that the client can read it at once. */
export function encodeText(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return Buffer.from(text, "latin1");
}
