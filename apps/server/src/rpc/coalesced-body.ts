/** The length of an envelope's prefix: a byte of flags and four of length. */
const prefixLength = 5;

/** Pieces at least this long, in bytes, are passed on as they are, and shorter ones gathered to about this. */
const gatherBytes = 16_384;

/**
 * Gathers the small pieces of a request's body, so that a client that sends a message byte by byte costs no more than
 * one that sends it whole: the decoders keep every piece, and go over all of them at each. Nothing that completes a
 * message, or tells its length, is held back.
 *
 * @param enveloped whether the body is made of length-prefixed messages; otherwise it is a single one
 */
export async function* coalesceBody(body: AsyncIterable<Uint8Array>, enveloped: boolean): AsyncGenerator<Uint8Array> {
  const completes = enveloped ? createEnvelopeWatch() : () => false;
  let heldBytes = 0;
  let block = new Uint8Array(0);
  for await (const chunk of body) {
    const mustPass = completes(chunk);
    if (heldBytes === 0 && (mustPass || chunk.byteLength >= gatherBytes)) {
      yield chunk;
      continue;
    }
    if (heldBytes + chunk.byteLength > block.byteLength) {
      const larger = new Uint8Array(Math.max(gatherBytes, heldBytes + chunk.byteLength));
      larger.set(block.subarray(0, heldBytes));
      block = larger;
    }
    block.set(chunk, heldBytes);
    heldBytes += chunk.byteLength;
    if (mustPass || heldBytes >= gatherBytes) {
      yield block.subarray(0, heldBytes);
      block = new Uint8Array(0);
      heldBytes = 0;
    }
  }
  if (heldBytes > 0) {
    yield block.subarray(0, heldBytes);
  }
}

/** Creates a function that tells of each piece whether an envelope's prefix or its last byte is in it. */
function createEnvelopeWatch(): (chunk: Uint8Array) => boolean {
  let prefixBytes = 0;
  let length = 0;
  let missing = 0;
  return (chunk) => {
    let completes = false;
    for (let at = 0; at < chunk.byteLength; ) {
      if (prefixBytes < prefixLength) {
        length = prefixBytes === 0 ? 0 : length * 256 + (chunk[at] ?? 0);
        at++;
        prefixBytes++;
        missing = length;
      } else {
        const part = Math.min(missing, chunk.byteLength - at);
        missing -= part;
        at += part;
      }
      if (prefixBytes === prefixLength) {
        completes ||= missing === 0 || missing === length;
        prefixBytes = missing === 0 ? 0 : prefixBytes;
      }
    }
    return completes;
  };
}
