/** A header field: its name in lower case, and its value. */
export type Field = readonly [name: string, value: string];

/** The static table (RFC 7541, appendix A), from index 1. */
const staticTable: readonly Field[] = [
  ":authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https|:status 200|:status 204",
  ":status 206|:status 304|:status 400|:status 404|:status 500|accept-charset|accept-encoding gzip, deflate",
  "accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control",
  "content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type",
  "cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since",
  "last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after",
  "server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate",
]
  .join("|")
  .split("|")
  .map((entry) => {
    const [name = "", ...value] = entry.split(" ");
    return [name, value.join(" ")];
  });

/** The characters of each code length in bits (RFC 7541, appendix B), in their order; of those there are, printable ASCII. */
const huffmanLengths: readonly (readonly [bits: number, characters: string])[] = [
  [5, "012aceiost"],
  [6, " %-./3456789=A_bdfghlmnpru"],
  [7, ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"],
  [8, "&*,;XZ"],
  [10, '!"()?'],
  [11, "'+|"],
  [12, "#>"],
  [13, "\0$@[]~"],
  [14, "^}"],
  [15, "<`{"],
  [19, "\\"],
];

/** From a code's length and value to its character. The code is canonical, so its lengths tell all of it. */
const huffmanCodes: ReadonlyMap<string, string> = createHuffmanCodes();

function createHuffmanCodes(): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  let next = 0;
  let length = 0;
  for (const [bits, characters] of huffmanLengths) {
    next *= 2 ** (bits - length);
    length = bits;
    for (const character of characters) {
      codes.set(`${bits}:${next++}`, character);
    }
  }
  return codes;
}

/** The longest code that is known, in bits. */
const maxCodeBits = 19;

function decodeHuffman(bytes: Uint8Array): string {
  let text = "";
  let code = 0;
  let bits = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      bits++;
      const character = huffmanCodes.get(`${bits}:${code}`);
      if (character !== undefined) {
        text += character;
        code = 0;
        bits = 0;
      } else if (bits > maxCodeBits) {
        throw new Error("a Huffman code for something that is no printable ASCII");
      }
    }
  }
  return text;
}

/** Writes fields as literals without indexing and without Huffman coding (RFC 7541, section 6.2.2). */
export function encodeFields(fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.of(0), encodeText(name), encodeText(value)]));
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  return Buffer.concat([encodeLength(bytes.byteLength), bytes]);
}

/** An integer with a prefix of seven bits (RFC 7541, section 5.1). */
function encodeLength(length: number): Buffer {
  if (length < 127) {
    return Buffer.of(length);
  }
  const bytes = [127];
  for (let rest = length - 127; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      return Buffer.of(...bytes, rest);
    }
    bytes.push((rest % 128) + 128);
  }
}

/** Creates a decoder of the header blocks of one connection, in their order. It throws at what it does not know. */
export function createFieldDecoder(): (block: Uint8Array) => Field[] {
  const dynamic: Field[] = [];
  const fieldAt = (index: number): Field => {
    const field = index <= staticTable.length ? staticTable[index - 1] : dynamic[index - 1 - staticTable.length];
    if (field === undefined) {
      throw new Error(`there is no field at index ${index}`);
    }
    return field;
  };
  return (block) => {
    const reader = createBlockReader(block);
    const fields: Field[] = [];
    while (!reader.done()) {
      const kind = reader.peek();
      if (kind >= 0x80) {
        fields.push(fieldAt(reader.integer(7)));
      } else if (kind >= 0x20 && kind < 0x40) {
        // The table's size. What a server sends here is far from filling it, so nothing is ever evicted.
        reader.integer(5);
      } else {
        const index = reader.integer(kind >= 0x40 ? 6 : 4);
        const field: Field = [index === 0 ? reader.text() : fieldAt(index)[0], reader.text()];
        fields.push(field);
        if (kind >= 0x40) {
          dynamic.unshift(field);
        }
      }
    }
    return fields;
  };
}

function createBlockReader(block: Uint8Array) {
  let at = 0;
  const peek = () => block[at] ?? 0;
  function integer(prefixBits: number): number {
    const most = 2 ** prefixBits - 1;
    let value = peek() & most;
    at++;
    for (let scale = 1; value >= most; scale *= 128) {
      const byte = peek();
      at++;
      value += (byte & 127) * scale;
      if (byte < 128) {
        break;
      }
    }
    return value;
  }
  function text(): string {
    const isHuffman = peek() >= 0x80;
    const length = integer(7);
    const bytes = block.subarray(at, at + length);
    at += length;
    return isHuffman ? decodeHuffman(bytes) : Buffer.from(bytes).toString("latin1");
  }
  return { done: () => at >= block.byteLength, peek, integer, text };
}
