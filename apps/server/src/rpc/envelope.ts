/** The length of an envelope's prefix, in bytes: one of flags and four of length. */
export const prefixLength = 5;

/** The flag of a compressed message, in all three protocols. */
export const compressedFlag = 0b0000_0001;

/** Writes an envelope's prefix and payload to `target` at `offset`. Returns the offset behind it. */
export function writeEnvelope(target: Uint8Array, offset: number, flags: number, payload: Uint8Array): number {
  const length = payload.byteLength;
  target[offset] = flags;
  target[offset + 1] = length >>> 24;
  target[offset + 2] = length >>> 16;
  target[offset + 3] = length >>> 8;
  target[offset + 4] = length;
  target.set(payload, offset + prefixLength);
  return offset + prefixLength + length;
}

/** Creates an envelope. */
export function createEnvelope(flags: number, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(prefixLength + payload.byteLength);
  writeEnvelope(bytes, 0, flags, payload);
  return bytes;
}
