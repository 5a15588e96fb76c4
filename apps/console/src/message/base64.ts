const chunkBytes = 0x8000;

/** Standard base64 with padding, as ProtoJSON writes bytes. */
export function base64Text(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(binary);
}

/** The bytes of a text in base64, standard or URL-safe, with padding or without; undefined for another text. */
export function base64Bytes(text: string): Uint8Array | undefined {
  const standard = text
    .trim()
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(standard) || standard.length % 4 === 1) {
    return undefined;
  }
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}
