/** One length-prefixed message as it went over the wire: a byte of flags, four of length, and the payload. */
export interface WireEnvelope {
  /** Bit 0: compressed. Bit 1: Connect's end of stream. Bit 7: gRPC-Web's trailers. */
  readonly flags: number;
  /** The payload's length in bytes, without the five bytes before it. */
  readonly length: number;
  /** The payload, where it was to be kept: a view of the chunk that holds all of it, otherwise a copy. */
  readonly payload: Uint8Array | undefined;
}

/** How a stream of envelopes is followed. */
export interface EnvelopeReaderOptions {
  /** Tells at an envelope's prefix whether its payload is kept. Default: none is. */
  readonly keepPayload?: (flags: number, length: number) => boolean;
}

/**
 * Creates a function that follows a stream of length-prefixed messages and calls `onEnvelope` at the last byte of each.
 * Chunks may be cut anywhere, and those whose payloads are kept must not be changed afterwards.
 */
export function createEnvelopeReader(
  onEnvelope: (envelope: WireEnvelope) => void,
  { keepPayload = () => false }: EnvelopeReaderOptions = {},
): (chunk: Uint8Array) => void {
  let prefix = 0;
  let flags = 0;
  let length = 0;
  let missing = 0;
  let payload: Uint8Array | undefined;
  let isView = false;

  function readPrefixByte(byte: number): void {
    if (prefix === 0) {
      flags = byte;
      length = 0;
    } else {
      length = length * 256 + byte;
    }
    prefix++;
    missing = length;
  }

  function makeRoom(chunk: Uint8Array, at: number): Uint8Array | undefined {
    if (!keepPayload(flags, length)) {
      return undefined;
    }
    isView = chunk.byteLength - at >= length;
    return isView ? chunk.subarray(at, at + length) : new Uint8Array(length);
  }

  return function readEnvelopes(chunk) {
    let at = 0;
    while (at < chunk.byteLength) {
      if (prefix < 5) {
        readPrefixByte(chunk[at++] as number);
        if (prefix === 5) {
          payload = makeRoom(chunk, at);
        }
      } else {
        const part = Math.min(missing, chunk.byteLength - at);
        if (payload !== undefined && !isView) {
          payload.set(chunk.subarray(at, at + part), length - missing);
        }
        missing -= part;
        at += part;
      }
      if (prefix === 5 && missing === 0) {
        prefix = 0;
        onEnvelope({ flags, length, payload });
      }
    }
  };
}
