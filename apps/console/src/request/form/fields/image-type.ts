/** How each kind of image begins; `undefined` stands for any byte. */
const beginnings: readonly (readonly [type: string, bytes: readonly (number | undefined)[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38, undefined, 0x61]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50]],
];

/** The media type of bytes that begin as a PNG, JPEG, GIF or WebP image does, or undefined. */
export function imageType(bytes: Uint8Array): string | undefined {
  return beginnings.find(([, beginning]) =>
    beginning.every((byte, at) => at < bytes.byteLength && (byte === undefined || byte === bytes[at])),
  )?.[0];
}
