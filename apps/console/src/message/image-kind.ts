/** An image that a browser shows: its media type. Never SVG, which is a document and can hold scripts. */
export type ImageKind =
  | "image/png"
  | "image/jpeg"
  | "image/gif"
  | "image/webp"
  | "image/avif"
  | "image/bmp"
  | "image/x-icon";

/** What bytes begin with, from an offset on. */
type Signature = readonly [offset: number, bytes: readonly number[]];

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

/** The beginnings of images (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern). */
const signatures: readonly (readonly [ImageKind, ...Signature[]])[] = [
  ["image/png", [0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]]],
  ["image/jpeg", [0, [0xff, 0xd8, 0xff]]],
  ["image/gif", [0, ascii("GIF87a")]],
  ["image/gif", [0, ascii("GIF89a")]],
  ["image/webp", [0, ascii("RIFF")], [8, ascii("WEBPVP")]],
  ["image/avif", [4, ascii("ftypavif")]],
  ["image/bmp", [0, ascii("BM")], [6, [0, 0, 0, 0]]],
  ["image/x-icon", [0, [0, 0, 1, 0]]],
];

/** What kind of image `bytes` are by their beginning; undefined for none. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const found = signatures.find(([, ...parts]) =>
    parts.every(([offset, part]) => part.every((byte, position) => bytes[offset + position] === byte)),
  );
  return found?.[0];
}
