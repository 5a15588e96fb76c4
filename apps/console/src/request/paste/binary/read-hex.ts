import { unescapeText } from "../text-format/unescape-text.ts";

/** Bytes that a text shows in hexadecimal digits. */
export interface HexBytes {
  readonly bytes: Uint8Array;
  /** Whether the text can be nothing else: it has offsets, `0x` or `\x`. */
  readonly isCertain: boolean;
}

/**
 * Reads bytes in hexadecimal digits: alone, or with spaces, colons, commas, `0x` or `\x` between; as a dump with offsets
 * and text beside (xxd, `hexdump -C`, `od -A x -t x1`, Wireshark); or as a string with `\x` escapes. Undefined for
 * every other text.
 */
export function readHex(text: string): HexBytes | undefined {
  const trimmed = text.trim();
  return readDump(trimmed) ?? readEscaped(trimmed) ?? readPlain(trimmed);
}

function readPlain(text: string): HexBytes | undefined {
  const inner = /^(?:\w+ *)?[[{(](.*)[\])}]$/s.exec(text)?.[1] ?? text;
  const padded = inner.replace(/\b0x([0-9a-f])\b/gi, "0x0$1");
  const digits = padded.replace(/0x|\\x|[\s:,;_-]/gi, "");
  if (digits === "" || digits.length % 2 === 1 || !/^[0-9a-f]+$/i.test(digits)) {
    return undefined;
  }
  return { bytes: fromDigits(digits), isCertain: /0x|\\x/i.test(inner) };
}

function fromDigits(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}

/** A string as Python or C writes bytes: `b'\n\x03Ada'`. */
function readEscaped(text: string): HexBytes | undefined {
  const inner = /^b?(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
  if (!/\\(?:x[0-9a-f]{2}|[0-3][0-7]{2})/i.test(inner) || /[\n"]/.test(inner)) {
    return undefined;
  }
  // Python's own escapes end after two digits, as those of text format do.
  const bytes = unescapeText(inner);
  return bytes instanceof Uint8Array ? { bytes, isCertain: true } : undefined;
}

interface DumpLine {
  readonly offset: number;
  readonly rest: string;
}

/** Reads a dump: each line's offset tells how many bytes the line before it has. */
function readDump(text: string): HexBytes | undefined {
  const lines = text.split(/\r?\n/).map((line) => /^\s*([0-9a-f]{4,16}):?(?:\s+(.*))?$/i.exec(line));
  const found = lines.flatMap((match): DumpLine[] =>
    match === null ? [] : [{ offset: Number.parseInt(match[1] ?? "", 16), rest: match[2] ?? "" }],
  );
  const [first] = found;
  if (found.length !== lines.length || first?.offset !== 0 || first.rest === "") {
    return undefined;
  }
  const parts: number[] = [];
  for (const [position, { offset, rest }] of found.entries()) {
    if (offset !== parts.length) {
      return undefined;
    }
    const next = found[position + 1];
    const bytes = next === undefined ? lastBytes(rest) : firstBytes(rest, next.offset - offset);
    if (bytes === undefined) {
      return undefined;
    }
    parts.push(...bytes);
  }
  // One line without a colon or text beside is digits with spaces, the first four of which could be an offset.
  const isBare = found.length === 1 && !/^\s*[0-9a-f]+:|\s{2,}\S|\|/i.test(text);
  return isBare ? undefined : { bytes: Uint8Array.from(parts), isCertain: true };
}

/** The most bytes that a line of a dump shows. */
const maxLineBytes = 256;

function firstBytes(rest: string, count: number): readonly number[] | undefined {
  if (count < 0 || count > maxLineBytes) {
    return undefined;
  }
  const bytes: number[] = [];
  for (const [pair] of rest.matchAll(/[0-9a-f]{2}|\s+|-|./gis)) {
    if (bytes.length === count) {
      break;
    }
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      bytes.push(Number.parseInt(pair, 16));
    } else if (!/^(?:\s+|-)$/.test(pair)) {
      return undefined;
    }
  }
  return bytes.length === count ? bytes : undefined;
}

/** The bytes of the last line, which nothing counts: two spaces end them, but for the gap in the middle of sixteen. */
function lastBytes(rest: string): readonly number[] | undefined {
  const [left = ""] = rest.split("|");
  const [head = "", ...tail] = left.split(/\s{2,}/);
  const isEight = head.split(/\s/).length === 8;
  const shown = isEight && /^(?:[0-9a-f]{2} ?){1,8}$/i.test(tail[0] ?? "") ? `${head} ${tail[0]}` : head;
  const digits = shown.replace(/[\s-]/g, "");
  return firstBytes(shown, digits.length / 2);
}
