import type { HeaderFields } from "../../call/call.ts";
import { base64Bytes } from "../../message/base64.ts";

/** A header field or trailer as it is shown. */
export interface ShownField {
  /** Its place among all, from 0. */
  readonly position: number;
  readonly name: string;
  readonly value: string;
  /** Which of the fields of this name it is, from 1, and how many there are. */
  readonly ordinal: number;
  readonly sameName: number;
  /** What the values of a `-bin` field hold, several where they were folded into one; undefined for other fields. */
  readonly bytes: readonly Uint8Array[] | undefined;
}

/** The fields whose name or value holds `filter`, in any case, in the order in which they came. */
export function shownFields(fields: HeaderFields, filter = ""): readonly ShownField[] {
  const counts = new Map<string, number>();
  const counted = fields.map(([name, value], position) => {
    const ordinal = (counts.get(name.toLowerCase()) ?? 0) + 1;
    counts.set(name.toLowerCase(), ordinal);
    return { position, name, value, ordinal };
  });
  const wanted = filter.trim().toLowerCase();
  return counted
    .filter(({ name, value }) => `${name}: ${value}`.toLowerCase().includes(wanted))
    .map((field) => ({
      ...field,
      sameName: counts.get(field.name.toLowerCase()) ?? 1,
      bytes: field.name.toLowerCase().endsWith("-bin") ? binaryValues(field.value) : undefined,
    }));
}

/** The values of a `-bin` field (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md); undefined for no base64. */
function binaryValues(value: string): readonly Uint8Array[] | undefined {
  const values = value.split(",").map(base64Bytes);
  return values.every((bytes) => bytes !== undefined) ? values : undefined;
}
