/** A base-128 varint of up to 64 bits, as two halves. */
export interface Varint {
  /** The lower and upper 32 bits, both unsigned. */
  readonly low: number;
  readonly high: number;
  /** Behind its last byte. */
  readonly to: number;
  /** Whether fewer bytes would have held it. */
  readonly isLong: boolean;
  /** Whether bits beyond the 64th were set, which every parser drops. */
  readonly isTooWide: boolean;
}

/** Why there is no varint: the bytes end before it does, or it goes on after the tenth byte. */
export type VarintFault = "truncated" | "longVarint";

/** The most bytes that a varint of 64 bits takes. */
const mostBytes = 10;

/** Reads the varint at `from` that must end before `end`. */
export function readVarint(bytes: Uint8Array, from: number, end: number): Varint | VarintFault {
  let low = 0;
  let high = 0;
  for (let place = 0; place < mostBytes; place++) {
    const at = from + place;
    if (at >= end) {
      return "truncated";
    }
    const byte = bytes[at] as number;
    const bits = byte & 0x7f;
    const shift = place * 7;
    if (shift < 32) {
      low |= bits << shift;
    }
    if (shift >= 28) {
      high |= shift < 32 ? bits >> (32 - shift) : bits << (shift - 32);
    }
    if (byte < 0x80) {
      const isTooWide = place === mostBytes - 1 && bits > 1;
      return { low: low >>> 0, high: high >>> 0, to: at + 1, isLong: place > 0 && byte === 0, isTooWide };
    }
  }
  return "longVarint";
}

/** The varint's bits as an unsigned number; exact up to 2^53. */
export function varintNumber({ low, high }: Varint): number {
  return high * 0x1_0000_0000 + low;
}

/** The varint's bits as an unsigned number. */
export function varintBigint({ low, high }: Varint): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}
