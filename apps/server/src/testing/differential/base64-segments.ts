/** Decodes base64 that may be padded anywhere: the concatenation of pieces, each a whole number of quanta. */
export function decodeBase64Segments(body: Uint8Array): Uint8Array {
  const quanta =
    Buffer.from(body)
      .toString("latin1")
      .match(/[\s\S]{1,4}/g) ?? [];
  return Buffer.concat(quanta.map((quantum) => Buffer.from(quantum, "base64")));
}
