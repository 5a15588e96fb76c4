import { type DescMessage, fromBinary, type Message, type Registry, toBinary } from "@bufbuild/protobuf";
import { decodeWire } from "./decode-wire.ts";
import type { WireNode, WireNote, WireNoteKind } from "./wire-node.ts";

/** A note with its place. */
export interface PlacedNote {
  readonly node: WireNode;
  readonly note: WireNote;
}

/** What accounts for another encoding: a kind of note, or that protobuf-es holds a `google.protobuf.Struct` as JSON. */
export type CanonicalReason = Exclude<WireNoteKind, HarmlessKind> | "structAsJson";

/** How a message compares with what protobuf-es writes for it. */
export type CanonicalForm =
  /** Byte by byte the same. */
  | { readonly kind: "same" }
  /**
   * Another encoding of what was understood. `reasons` are the kinds of notes that account for it, in the order in which
   * they first appear; `from` is the first byte that differs, `bytes` the length of the canonical encoding.
   */
  | {
      readonly kind: "different";
      readonly from: number;
      readonly bytes: number;
      readonly reasons: readonly CanonicalReason[];
    }
  /** Nothing to compare with: protobuf-es can't read the message, or can't write it again, as where a required field lacks. */
  | { readonly kind: "none"; readonly reason: string };

/** What is to be said of a whole message. */
export interface WireInspection {
  /** Whether a parser that keeps to the rules takes the message. */
  readonly isReadable: boolean;
  /** All notes by their place, at most `mostNotes` of them. */
  readonly notes: readonly PlacedNote[];
  /** How many notes there are in all. */
  readonly noteCount: number;
  /** Fields, items and unread parts, those within messages and lists included. */
  readonly partCount: number;
  /** Whether every part was looked at; false where there were more than `mostParts`. */
  readonly isComplete: boolean;
  /** Undefined where no type is known. */
  readonly canonical: CanonicalForm | undefined;
}

/** How much is looked at. */
export interface InspectOptions {
  readonly registry?: Registry;
  /** Default 500,000. */
  readonly mostParts?: number;
  /** Default 1,000. */
  readonly mostNotes?: number;
}

/** Looks at every part that a parser of the whole message reads. Takes time in proportion to the message, and no more memory than its notes. */
export function inspectWire(
  bytes: Uint8Array,
  desc: DescMessage | undefined,
  options: InspectOptions = {},
): WireInspection {
  const { registry, mostParts = 500_000, mostNotes = 1_000 } = options;
  const notes: PlacedNote[] = [];
  const kinds = new Set<WireNoteKind>();
  let hasStruct = false;
  let noteCount = 0;
  let partCount = 0;
  let isReadable = true;
  let isComplete = true;

  function visit(node: WireNode, isKept: boolean): void {
    // protobuf-es keeps the bytes of an extension as they are, and those of an Any.
    const isExtension = node.field?.kind === "extension";
    for (const note of node.notes) {
      if (!isKept && (!isExtension || note.kind === "longTag")) {
        kinds.add(note.kind);
      }
      isReadable &&= note.weight !== "refused";
      isComplete &&= note.kind !== "unlisted";
      noteCount++;
      if (notes.length < mostNotes) {
        notes.push({ node, note });
      }
    }
    hasStruct ||= node.field?.message?.typeName === "google.protobuf.Struct";
    // What is only guessed to be a message may be none.
    const isRead = desc === undefined || !node.notes.some(isOpaque);
    for (const child of isRead ? (node.children?.() ?? []) : []) {
      if (partCount === mostParts) {
        isComplete = false;
        return;
      }
      partCount++;
      visit(child, isKept || isExtension || node.field?.parent?.typeName === "google.protobuf.Any");
    }
  }

  // A tree of its own, so that what the page keeps is only what was looked at there.
  visit(decodeWire(bytes, desc, { registry }), false);
  const canonical = desc && compareCanonical(bytes, desc, { kinds, hasStruct });
  return { isReadable, notes, noteCount, partCount, isComplete, canonical };
}

/** What a parser of the whole message passes over. */
const opaque: ReadonlySet<WireNoteKind> = new Set<WireNoteKind>([
  "unknownField",
  "unknownLost",
  "reservedNumber",
  "wrongWireType",
  "entryExtra",
]);

function isOpaque({ kind }: WireNote): boolean {
  return opaque.has(kind);
}

/** Kinds of notes that change nothing when a message is written anew. */
const harmless = ["guessed", "openEnum", "unlisted", "unknownField", "reservedNumber"] as const;
type HarmlessKind = (typeof harmless)[number];

function isTelling(kind: WireNoteKind): kind is Exclude<WireNoteKind, HarmlessKind> {
  return !harmless.some((one) => one === kind);
}

interface Grounds {
  readonly kinds: ReadonlySet<WireNoteKind>;
  readonly hasStruct: boolean;
}

function reasonsOf({ kinds, hasStruct }: Grounds): readonly CanonicalReason[] {
  const telling = [...kinds].filter(isTelling);
  return telling.length === 0 && hasStruct ? ["structAsJson"] : telling;
}

function compareCanonical(bytes: Uint8Array, desc: DescMessage, grounds: Grounds): CanonicalForm {
  let message: Message;
  let written: Uint8Array;
  try {
    message = fromBinary(desc, bytes);
    written = toBinary(desc, message);
  } catch (error) {
    return { kind: "none", reason: error instanceof Error ? error.message : String(error) };
  }
  const from = firstDifference(bytes, written);
  return from === undefined
    ? { kind: "same" }
    : { kind: "different", from, bytes: written.byteLength, reasons: reasonsOf(grounds) };
}

function firstDifference(one: Uint8Array, other: Uint8Array): number | undefined {
  const shorter = Math.min(one.byteLength, other.byteLength);
  for (let at = 0; at < shorter; at++) {
    if (one[at] !== other[at]) {
      return at;
    }
  }
  return one.byteLength === other.byteLength ? undefined : shorter;
}
