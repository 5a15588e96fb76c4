const chunkBytes = 0x8000;

/** Standard base64 with padding, as ProtoJSON writes bytes. */
export function base64Text(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(binary);
}
