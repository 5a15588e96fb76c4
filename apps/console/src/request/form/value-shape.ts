import { hasCustomJsonRepresentation } from "@bufbuild/protobuf/wkt";
import type { FieldValueType } from "./field-value-type.ts";

/** Whether values of the type are no objects of fields in JSON, but have a form of their own, as a Timestamp has. */
export function hasOwnJson(type: FieldValueType & { kind: "message" }): boolean {
  return type.name !== "google.protobuf.Any" && hasCustomJsonRepresentation(type.message);
}

/** A JSON text on one line, cut where it is long: what stands for a folded value. */
export function previewOf(text: string): string {
  const line = text.slice(0, longestPreview * 2).replace(/\s+/g, " ");
  return line.length <= longestPreview && text.length <= longestPreview * 2
    ? line
    : `${line.slice(0, longestPreview)}…`;
}

const longestPreview = 120;
