import { ScalarType } from "@bufbuild/protobuf";
import { type DecodedScalar, decodeScalar, wireTypeOf } from "./decode-scalar.ts";
import { readVarint } from "./read-varint.ts";
import type { ValueType } from "./value-type.ts";
import { type ByteSpan, type WireNode, type WireNote, wireTypes } from "./wire-node.ts";

/** A type whose values are single: no message and no entry. */
export type ItemType = Extract<ValueType, { readonly kind: "scalar" | "enum" }>;

/** Whether a parser of the whole message reads the item too. */
export interface Strictness {
  readonly isStrict: boolean;
}

/** Decodes one value, whose bytes are complete and of its type's wire type. */
export function decodeItem(bytes: Uint8Array, body: ByteSpan, type: ItemType, { isStrict }: Strictness): DecodedScalar {
  if (type.kind === "scalar") {
    const { value, notes } = decodeScalar(bytes, body, type);
    return { value, notes: isStrict ? notes : notes.map(soften) };
  }
  const { desc } = type;
  const { value, notes } = decodeScalar(bytes, body, { type: ScalarType.INT32, isUtf8Validated: false });
  const number = value.kind === "number" ? Number(value.value) : 0;
  const name = desc.value[number]?.name;
  const nameless: WireNote[] =
    name !== undefined
      ? []
      : [
          {
            kind: desc.open ? "openEnum" : "closedEnum",
            weight: desc.open ? "remark" : "doubtful",
            detail: String(number),
          },
        ];
  return { value: { kind: "enum", value: number, name, desc }, notes: [...notes, ...nameless] };
}

function soften(note: WireNote): WireNote {
  return note.weight === "refused" ? { ...note, weight: "doubtful" } : note;
}

/** What the items of a packed list are read by. */
export interface PackedOptions {
  readonly bytes: Uint8Array;
  readonly body: ByteSpan;
  readonly type: ItemType;
  /** Of the items. */
  readonly depth: number;
  readonly mostChildren: number;
  readonly scope: Strictness;
}

/** The items of a packed list, as the type has them; what is left over is unread. */
export function packedItems({ bytes, body, type, depth, mostChildren, scope }: PackedOptions): readonly WireNode[] {
  const nodes: WireNode[] = [];
  const width = widthOf(type);
  for (let at = body.from; at < body.to; ) {
    const to = itemEnd(bytes, at, body.to, width);
    const fault: WireNote | undefined =
      typeof to === "string"
        ? { kind: to, weight: scope.isStrict ? "refused" : "doubtful" }
        : nodes.length === mostChildren
          ? { kind: "unlisted", weight: "remark" }
          : undefined;
    if (fault !== undefined || typeof to === "string") {
      const rest = { from: at, to: body.to };
      nodes.push({ ...plain(rest, depth), kind: "unread", value: { kind: "unread" }, notes: fault ? [fault] : [] });
      break;
    }
    const span = { from: at, to };
    nodes.push({ ...plain(span, depth), kind: "item", ...decodeItem(bytes, span, type, scope) });
    at = to;
  }
  return nodes;
}

function widthOf(type: ItemType): number | undefined {
  switch (type.kind === "enum" ? wireTypes.varint : wireTypeOf(type.type)) {
    case wireTypes.fixed32:
      return 4;
    case wireTypes.fixed64:
      return 8;
    default:
      return undefined;
  }
}

function itemEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
  width: number | undefined,
): number | "truncated" | "longVarint" {
  if (width === undefined) {
    const varint = readVarint(bytes, at, end);
    return typeof varint === "string" ? varint : varint.to;
  }
  return at + width > end ? "truncated" : at + width;
}

function plain(span: ByteSpan, depth: number): Omit<WireNode, "kind" | "value" | "notes"> {
  return {
    from: span.from,
    to: span.to,
    tag: undefined,
    length: undefined,
    body: span,
    endTag: undefined,
    field: undefined,
    entryPart: undefined,
    depth,
    children: undefined,
  };
}
