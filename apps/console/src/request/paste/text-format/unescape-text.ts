/** An escape that text format does not have. */
export interface BadEscape {
  /** Where it stands in the text. */
  readonly at: number;
  readonly escape: string;
}

const simple: ReadonlyMap<string, number> = new Map([
  ["a", 0x07],
  ["b", 0x08],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b],
  ["?", 0x3f],
  ["\\", 0x5c],
  ["'", 0x27],
  ['"', 0x22],
]);

const part = /[^\\]+|\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.)|$)/gsu;
const lowSurrogate = /\\u(d[c-f][0-9a-f]{2})/iy;
const maxCodePoint = 0x10ffff;

/**
 * The bytes that a string of text format stands for, without its quotes. Two `\u` escapes that are a pair of surrogates
 * are one character.
 */
export function unescapeText(text: string): Uint8Array | BadEscape {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  part.lastIndex = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const [whole, octal, hex, short, long, character] = match;
    const codePoint = short ?? long;
    if (octal !== undefined || hex !== undefined) {
      const byte = octal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(octal, 8);
      if (byte > 0xff) {
        return { at: match.index, escape: whole };
      }
      parts.push(Uint8Array.of(byte));
    } else if (codePoint !== undefined) {
      const code = joinSurrogates(text, Number.parseInt(codePoint, 16));
      if (code > maxCodePoint || (code >= 0xd800 && code <= 0xdfff)) {
        return { at: match.index, escape: whole };
      }
      parts.push(encoder.encode(String.fromCodePoint(code)));
    } else if (whole.startsWith("\\")) {
      const byte = simple.get(character ?? "");
      if (byte === undefined) {
        return { at: match.index, escape: whole };
      }
      parts.push(Uint8Array.of(byte));
    } else {
      parts.push(encoder.encode(whole));
    }
  }
  return joinBytes(parts);
}

/** Takes the second half of a pair along, and moves the reading past it. */
function joinSurrogates(text: string, high: number): number {
  lowSurrogate.lastIndex = part.lastIndex;
  const low = high >= 0xd800 && high <= 0xdbff ? lowSurrogate.exec(text)?.[1] : undefined;
  if (low === undefined) {
    return high;
  }
  part.lastIndex = lowSurrogate.lastIndex;
  return 0x10000 + ((high - 0xd800) << 10) + (Number.parseInt(low, 16) - 0xdc00);
}

/** The bytes one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return only;
  }
  const joined = new Uint8Array(parts.reduce((length, { byteLength }) => length + byteLength, 0));
  let at = 0;
  for (const bytes of parts) {
    joined.set(bytes, at);
    at += bytes.byteLength;
  }
  return joined;
}
