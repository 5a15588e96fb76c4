/**
 * A protobuf message as the page shows it: JSON's shapes, with what JSON can't tell kept beside them. Objects and lists
 * make their children when asked, and keep none of a list's, so that a large message costs only what is looked at.
 */
export type ViewNode = ViewBranch | ViewValue;

/** A node with children. */
export interface ViewBranch {
  readonly kind: "object" | "list";
  /** The message type's full name; empty for maps, lists and plain JSON. */
  readonly typeName: string;
  children(): ViewChildren;
}

/** A node without children. */
export type ViewValue =
  | { readonly kind: "string"; readonly value: string }
  /** `text` is the exact JSON token; 64-bit integers, NaN and the infinities are JSON strings, as ProtoJSON has them. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  /** `name` is undefined for a number that the schema doesn't name. */
  | { readonly kind: "enum"; readonly name: string | undefined; readonly number: number }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  /** A `google.protobuf.Timestamp`; `text` is its ProtoJSON form. */
  | { readonly kind: "timestamp"; readonly text: string }
  /** A `google.protobuf.Duration`; `text` is its ProtoJSON form: seconds, and an `s`. */
  | { readonly kind: "duration"; readonly text: string };

/** The children of a node: counted at once, made when asked for. */
export interface ViewChildren {
  readonly length: number;
  /** The child at `position`, from 0; undefined past the end. */
  at(position: number): ViewEntry | undefined;
}

/** One field of a message, key of a map, or item of a list. */
export interface ViewEntry {
  /** The field's JSON name or the map's key; undefined in a list. */
  readonly name: string | undefined;
  /**
   * What the child adds to a path in the schema's terms: `.create_time`, `[3]`, `["a key"]`. A path begins without its
   * first full stop.
   */
  readonly step: string;
  readonly node: ViewNode;
  /** False for a field that was not on the wire and so has its default value. */
  readonly isSet: boolean;
  /** The number of a field that the schema lacks; its node is the raw bytes of its value. */
  readonly unknownNumber?: number;
}

/** Whether a node can have children. */
export function isBranch(node: ViewNode): node is ViewBranch {
  return node.kind === "object" || node.kind === "list";
}
