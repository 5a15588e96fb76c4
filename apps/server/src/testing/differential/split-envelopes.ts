/** A length-prefixed message as it stands in a body. */
export interface RawEnvelope {
  readonly flags: number;
  readonly data: Uint8Array;
}

/** The envelopes of a body, and the bytes after the last whole one. */
export interface SplitBody {
  readonly envelopes: readonly RawEnvelope[];
  readonly rest: Uint8Array;
}

const prefixLength = 5;

/** Splits a body to its envelopes: a byte of flags, four of length (big-endian), and the message. */
export function splitEnvelopes(body: Uint8Array): SplitBody {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const envelopes: RawEnvelope[] = [];
  let at = 0;
  while (at + prefixLength <= body.byteLength) {
    const end = at + prefixLength + view.getUint32(at + 1);
    if (end > body.byteLength) {
      break;
    }
    envelopes.push({ flags: view.getUint8(at), data: body.subarray(at + prefixLength, end) });
    at = end;
  }
  return { envelopes, rest: body.subarray(at) };
}
