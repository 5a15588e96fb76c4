import { gunzipSync } from "fflate";

/** One of gRPC's envelopes, or of Connect's or gRPC-Web's, which are alike. */
export interface Envelope {
  readonly isCompressed: boolean;
  /** Whether it ends the stream, and holds trailers. */
  readonly isEnd: boolean;
  /** The message's bytes, decompressed; undefined where that can't be done. */
  readonly payload: Uint8Array | undefined;
}

const headLength = 5;
const compressedFlag = 0x01;
/** Connect's last envelope, and gRPC-Web's. */
const endFlags = 0x02 | 0x80;

/** Reads bytes as envelopes from the first to the last; undefined where they are none, or the last is cut off. */
export function readEnvelopes(bytes: Uint8Array): readonly Envelope[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const envelopes: Envelope[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < headLength) {
      return undefined;
    }
    const flags = view.getUint8(at);
    const end = at + headLength + view.getUint32(at + 1);
    if ((flags & ~(compressedFlag | endFlags)) !== 0 || end > bytes.length) {
      return undefined;
    }
    const carried = bytes.subarray(at + headLength, end);
    const isCompressed = (flags & compressedFlag) !== 0;
    const payload = isCompressed ? decompress(carried) : carried;
    envelopes.push({ isCompressed, isEnd: (flags & endFlags) !== 0, payload });
    at = end;
  }
  return envelopes.length === 0 ? undefined : envelopes;
}

/** The largest message that is decompressed: 64 MiB. */
const maxDecompressed = 67_108_864;

/** Gzip is the one compression that every server has. */
function decompress(bytes: Uint8Array): Uint8Array | undefined {
  const isGzip = bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b;
  const claimed = isGzip ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true) : 0;
  if (!isGzip || claimed > maxDecompressed) {
    return undefined;
  }
  try {
    return gunzipSync(bytes, { out: new Uint8Array(claimed) });
  } catch {
    return undefined;
  }
}
