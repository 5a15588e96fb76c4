import type { DescEnum, DescExtension, DescField, DescMessage } from "@bufbuild/protobuf";

/** A run of bytes: from `from` on and before `to`. */
export interface ByteSpan {
  readonly from: number;
  readonly to: number;
}

/** The wire types of https://protobuf.dev/programming-guides/encoding/#structure, by the number that a tag holds. */
export const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** What stands before each field: its number and how its value is encoded. */
export interface WireTag extends ByteSpan {
  readonly number: number;
  /** 0 to 5, as `wireTypes` names them. */
  readonly wireType: number;
}

/**
 * What is to be said of a node, in words of the language catalogues under `wire.note`.
 *
 * These keep a parser from reading the message: `badTag`, `badFieldNumber`, `badWireType`, `truncated`, `overrun`,
 * `longVarint`, `unmatchedEndGroup`, `wrongEndGroup`, `openGroup`, `tooDeep` and `invalidUtf8`.
 */
export type WireNoteKind =
  | "badTag"
  | "badFieldNumber"
  | "badWireType"
  | "truncated"
  | "overrun"
  | "longVarint"
  | "unmatchedEndGroup"
  | "wrongEndGroup"
  | "openGroup"
  | "tooDeep"
  | "invalidUtf8"
  | "replacedUtf8"
  | "wrongWireType"
  | "unknownField"
  | "reservedNumber"
  | "unknownLost"
  | "guessed"
  | "longTag"
  | "longLength"
  | "longValue"
  | "droppedBits"
  | "boolNumber"
  | "nanPayload"
  | "packed"
  | "unpacked"
  | "emptyPacked"
  | "split"
  | "overridden"
  | "merged"
  | "outOfOrder"
  | "afterUnknown"
  | "defaultWritten"
  | "oneofAgain"
  | "entryWithoutKey"
  | "entryWithoutValue"
  | "entryExtra"
  | "duplicateKey"
  | "mapOrder"
  | "closedEnum"
  | "openEnum"
  | "unlisted";

/**
 * How much a note weighs: `refused` where a parser refuses the whole message, `doubtful` where parsers read different things
 * or something is lost, `remark` where only the form is unusual.
 */
export type NoteWeight = "refused" | "doubtful" | "remark";

/** One thing to say of a node. */
export interface WireNote {
  readonly kind: WireNoteKind;
  readonly weight: NoteWeight;
  /** What the words name: a field, a oneof, a number. Text of strangers. */
  readonly detail?: string;
}

/** The value of a node, decoded. */
export type WireValue =
  /** `text` is exact: a decimal integer of up to 64 bits, or the shortest decimal that reads back as the same float. */
  | { readonly kind: "number"; readonly value: number | bigint; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  /** `name` is undefined for a number that the enum lacks. */
  | { readonly kind: "enum"; readonly value: number; readonly name: string | undefined; readonly desc: DescEnum }
  /** Invalid UTF-8 shows as U+FFFD. */
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  /** `desc` is undefined where only the bytes' form says that this is a message. */
  | { readonly kind: "message"; readonly desc: DescMessage | undefined }
  | { readonly kind: "entry" }
  | { readonly kind: "packed" }
  | { readonly kind: "unread" };

/**
 * A part of a serialized message. Its bytes are, in this order, its tag, its length, its body and its end tag, of which it
 * may lack any. Each byte of the whole message is in exactly one tag, length, end tag or body without children.
 */
export interface WireNode extends ByteSpan {
  /** `item` is one value of a packed list; `unread` what no parser gets to. */
  readonly kind: "root" | "field" | "item" | "unread";
  readonly tag: WireTag | undefined;
  readonly length: ByteSpan | undefined;
  readonly body: ByteSpan;
  readonly endTag: ByteSpan | undefined;
  /** Undefined where the schema doesn't have it, and in the root. */
  readonly field: DescField | DescExtension | undefined;
  /** What a map's entry calls it: an entry's fields have no descriptor. */
  readonly entryPart: "key" | "value" | undefined;
  readonly value: WireValue;
  /** The root is at 0. */
  readonly depth: number;
  readonly notes: readonly WireNote[];
  /** What the body is made of, read when first asked for; undefined where the body is a single value. */
  readonly children: (() => readonly WireNode[]) | undefined;
}
