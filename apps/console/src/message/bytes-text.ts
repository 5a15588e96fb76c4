const bytesPerRow = 16;

/** A dump of `bytes`: offset, sixteen bytes in hexadecimal, and their printable ASCII. */
export function hexText(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += bytesPerRow) {
    const row = Array.from(bytes.subarray(at, at + bytesPerRow));
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    rows.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(bytesPerRow * 3)} ${text}`);
  }
  return rows.join("\n");
}

/** `bytes` as UTF-8 text, or undefined where they are none. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
