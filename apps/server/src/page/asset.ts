/** A file of the built page, in memory, with the forms that the build compressed it to. */
export interface Asset {
  readonly identity: Uint8Array;
  readonly br: Uint8Array | undefined;
  readonly gzip: Uint8Array | undefined;
}

/** A content coding (RFC 9110, section 8.4.1). */
export type ContentCoding = "br" | "gzip" | "identity";

/** Chooses the smallest form of an asset that a client takes, by its `accept-encoding`. */
export function chooseCoding(asset: Asset, acceptEncoding: string): ContentCoding {
  const refused = /;\s*q=0(\.0*)?$/;
  const accepted = new Set(
    acceptEncoding
      .toLowerCase()
      .split(",")
      .map((item) => item.trim())
      .filter((item) => !refused.test(item))
      .map((item) => item.split(";", 1)[0]?.trim()),
  );
  if (asset.br !== undefined && accepted.has("br")) {
    return "br";
  }
  return asset.gzip !== undefined && accepted.has("gzip") ? "gzip" : "identity";
}
