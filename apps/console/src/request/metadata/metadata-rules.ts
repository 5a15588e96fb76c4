/** Why a metadata name or value is refused: a key of the language catalogues under `metadata.problem`. */
export type MetadataProblem =
  | "emptyName"
  | "upperCaseName"
  | "illegalName"
  | "reservedName"
  | "unprintableValue"
  | "notBase64";

/** Names that gRPC, Connect, HTTP or the browser fill in themselves. */
const reservedNames: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "via",
  "x-grpc-web",
]);

const reservedPrefixes = ["grpc-", "connect-", "access-control-", "proxy-", "sec-"];

/**
 * Names as gRPC allows them (PROTOCOL-HTTP2, "Custom-Metadata": digits, lower-case letters, `_`, `-`, `.`), less those
 * that belong to the protocols and the browser.
 */
export function checkMetadataName(name: string): MetadataProblem | undefined {
  if (name === "") {
    return "emptyName";
  }
  if (!/^[0-9a-z_.-]+$/.test(name)) {
    return /^[0-9A-Za-z_.-]+$/.test(name) ? "upperCaseName" : "illegalName";
  }
  const isReserved = reservedNames.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
  return isReserved ? "reservedName" : undefined;
}

/** Values are printable ASCII; those of a `-bin` name are base64, with or without padding. */
export function checkMetadataValue(name: string, value: string): MetadataProblem | undefined {
  if (name.endsWith("-bin")) {
    const unpadded = value.replace(/={1,2}$/, "");
    return /^[0-9A-Za-z+/]*$/.test(unpadded) && unpadded.length % 4 !== 1 ? undefined : "notBase64";
  }
  return /^[\x20-\x7e]*$/.test(value) ? undefined : "unprintableValue";
}
