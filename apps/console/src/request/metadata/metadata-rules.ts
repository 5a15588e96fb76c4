import { isBase64, isLegalName, isPrintable, isReservedName } from "../../call/metadata.ts";

/** Why a metadata name or value is refused: a key of the language catalogues under `metadata.problem`. */
export type MetadataProblem =
  | "emptyName"
  | "upperCaseName"
  | "illegalName"
  | "reservedName"
  | "unprintableValue"
  | "notBase64";

/**
 * Names as gRPC allows them (PROTOCOL-HTTP2, "Custom-Metadata": digits, lower-case letters, `_`, `-`, `.`), less those
 * that belong to the protocols and the browser.
 */
export function checkMetadataName(name: string): MetadataProblem | undefined {
  if (name === "") {
    return "emptyName";
  }
  if (!isLegalName(name)) {
    return isLegalName(name.toLowerCase()) ? "upperCaseName" : "illegalName";
  }
  return isReservedName(name) ? "reservedName" : undefined;
}

/** Values are printable ASCII; those of a `-bin` name are base64, with or without padding. */
export function checkMetadataValue(name: string, value: string): MetadataProblem | undefined {
  if (name.endsWith("-bin")) {
    return isBase64(value) ? undefined : "notBase64";
  }
  return isPrintable(value) ? undefined : "unprintableValue";
}
