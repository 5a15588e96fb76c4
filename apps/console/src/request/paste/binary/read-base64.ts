import { base64Decode } from "@bufbuild/protobuf/wire";

/**
 * Reads bytes in base64 (RFC 4648), in either alphabet, on one line or on several, with padding or without; in quotation
 * marks, or behind `data:…;base64,`. Undefined for every other text.
 */
export function readBase64(text: string): Uint8Array | undefined {
  const inner = /^\s*(["']?)(?:data:[^,]*;base64,)?([^"']*)\1\s*$/.exec(text)?.[2] ?? "";
  const digits = inner.replace(/\s+/g, "");
  const unpadded = digits.replace(/={1,2}$/, "");
  const isPadded = unpadded.length < digits.length;
  const isStandard = /^[A-Za-z0-9+/]+$/.test(unpadded);
  const isForUrls = /^[A-Za-z0-9_-]+$/.test(unpadded);
  if (!(isStandard || isForUrls) || unpadded.length % 4 === 1 || (isPadded && digits.length % 4 !== 0)) {
    return undefined;
  }
  return base64Decode(unpadded.replaceAll("-", "+").replaceAll("_", "/"));
}
