/**
 * A protobuf message as the page shows it: JSON's shapes, with what JSON can't tell kept beside them. Objects and lists
 * make their children when first asked, so that a large message costs only what is looked at.
 */
export type ViewNode =
  | { readonly kind: "object"; readonly typeName: string; entries(): readonly ViewEntry[] }
  | { readonly kind: "list"; items(): readonly ViewNode[] }
  | { readonly kind: "string"; readonly value: string }
  /** `text` is the exact JSON token; 64-bit integers, NaN and the infinities are JSON strings, as ProtoJSON has them. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  /** `name` is undefined for a number that the schema doesn't name. */
  | { readonly kind: "enum"; readonly name: string | undefined; readonly number: number }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  /** A `google.protobuf.Timestamp`; `text` is its ProtoJSON form. */
  | { readonly kind: "timestamp"; readonly text: string };

/** One field of an object, or one key of a map. */
export interface ViewEntry {
  readonly name: string;
  readonly node: ViewNode;
  /** False for a field that was not on the wire and so has its default value. */
  readonly isSet: boolean;
  /** The number of a field that the schema lacks; its node is the raw bytes of its value. */
  readonly unknownNumber?: number;
}
