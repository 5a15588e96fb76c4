import { ScalarType } from "@bufbuild/protobuf";
import { doubleText, floatText } from "../../message/number-text.ts";
import { readVarint, type Varint, varintBigint } from "./read-varint.ts";
import { type ByteSpan, type WireNote, type WireValue, wireTypes } from "./wire-node.ts";

/** A value as its bytes have it, and what is unusual about them. */
export interface DecodedScalar {
  readonly value: WireValue;
  readonly notes: readonly WireNote[];
}

/** The wire type that values of a scalar type have; an enum's are those of an `int32`. */
export function wireTypeOf(type: ScalarType): number {
  switch (type) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return wireTypes.lengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return wireTypes.fixed64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return wireTypes.fixed32;
    default:
      return wireTypes.varint;
  }
}

/** Whether a list of the type can be packed: all but strings and bytes. */
export function isPackable(type: ScalarType): boolean {
  return wireTypeOf(type) !== wireTypes.lengthDelimited;
}

/** How a scalar is decoded. */
export interface ScalarOptions {
  readonly type: ScalarType;
  /** Whether parsers refuse a string that is no UTF-8, as the schema's `utf8_validation` says. */
  readonly isUtf8Validated: boolean;
}

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes the bytes of `span`, which are of the type's wire type and complete. */
export function decodeScalar(bytes: Uint8Array, { from, to }: ByteSpan, options: ScalarOptions): DecodedScalar {
  const { type } = options;
  switch (wireTypeOf(type)) {
    case wireTypes.lengthDelimited:
      return type === ScalarType.STRING
        ? decodeText(bytes.subarray(from, to), options)
        : { value: { kind: "bytes", value: bytes.subarray(from, to) }, notes: [] };
    case wireTypes.varint: {
      const varint = readVarint(bytes, from, to);
      return typeof varint === "string" ? { value: { kind: "unread" }, notes: [] } : decodeVarint(varint, type);
    }
    default:
      return decodeFixed(new DataView(bytes.buffer, bytes.byteOffset + from, to - from), type);
  }
}

/** `bytes` as text, or undefined where they are no UTF-8. A leading U+FEFF is part of the text. */
export function strictText(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeText(bytes: Uint8Array, { isUtf8Validated }: ScalarOptions): DecodedScalar {
  const text = strictText(bytes);
  if (text !== undefined) {
    return { value: { kind: "string", value: text }, notes: [] };
  }
  const note: WireNote = isUtf8Validated
    ? { kind: "invalidUtf8", weight: "refused" }
    : { kind: "replacedUtf8", weight: "doubtful" };
  return { value: { kind: "string", value: lenientDecoder.decode(bytes) }, notes: [note] };
}

function decodeVarint(varint: Varint, type: ScalarType): DecodedScalar {
  const { low, high, isLong, isTooWide } = varint;
  const notes: WireNote[] = isLong ? [{ kind: "longValue", weight: "remark" }] : [];
  if (type === ScalarType.BOOL) {
    if (isTooWide) {
      notes.push({ kind: "droppedBits", weight: "doubtful" });
    }
    if (high !== 0 || low > 1) {
      notes.push({ kind: "boolNumber", weight: "remark", detail: String(varintBigint(varint)) });
    }
    return { value: { kind: "bool", value: low !== 0 || high !== 0 }, notes };
  }
  const { value, isExact } = integerOf(varint, type);
  if (isTooWide || !isExact) {
    notes.push({ kind: "droppedBits", weight: "doubtful" });
  }
  return { value: { kind: "number", value, text: String(value) }, notes };
}

function integerOf(varint: Varint, type: ScalarType): { readonly value: number | bigint; readonly isExact: boolean } {
  const { low, high } = varint;
  switch (type) {
    case ScalarType.INT64:
      return { value: BigInt.asIntN(64, varintBigint(varint)), isExact: true };
    case ScalarType.UINT64:
      return { value: varintBigint(varint), isExact: true };
    case ScalarType.SINT64: {
      const bits = varintBigint(varint);
      return { value: (bits >> 1n) ^ -(bits & 1n), isExact: true };
    }
    case ScalarType.UINT32:
      return { value: low, isExact: high === 0 };
    case ScalarType.SINT32:
      return { value: (low >>> 1) ^ -(low & 1), isExact: high === 0 };
    default: {
      const value = low | 0;
      return { value, isExact: high === (value < 0 ? 0xffff_ffff : 0) };
    }
  }
}

function decodeFixed(view: DataView, type: ScalarType): DecodedScalar {
  switch (type) {
    case ScalarType.FLOAT: {
      const value = view.getFloat32(0, true);
      return decodeFloat(value, floatText(value), view.getUint32(0, true).toString(16), "7fc00000");
    }
    case ScalarType.DOUBLE: {
      const value = view.getFloat64(0, true);
      return decodeFloat(value, doubleText(value), view.getBigUint64(0, true).toString(16), "7ff8000000000000");
    }
    case ScalarType.FIXED32:
      return exact(view.getUint32(0, true));
    case ScalarType.SFIXED32:
      return exact(view.getInt32(0, true));
    case ScalarType.FIXED64:
      return exact(view.getBigUint64(0, true));
    default:
      return exact(view.getBigInt64(0, true));
  }
}

function decodeFloat(value: number, json: string, bits: string, plainNan: string): DecodedScalar {
  const text = json.replaceAll('"', "");
  const notes: WireNote[] =
    Number.isNaN(value) && bits !== plainNan ? [{ kind: "nanPayload", weight: "remark", detail: `0x${bits}` }] : [];
  return { value: { kind: "number", value, text }, notes };
}

function exact(value: number | bigint): DecodedScalar {
  return { value: { kind: "number", value, text: String(value) }, notes: [] };
}
