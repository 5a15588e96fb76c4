import { ScalarType } from "@bufbuild/protobuf";
import { type BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { ScalarOfText } from "./read-text-scalar.ts";

/** How values of a scalar type are carried. */
export function wireTypeOf(type: ScalarType): WireType {
  switch (type) {
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    default:
      return WireType.Varint;
  }
}

/** Writes a scalar that was read for its type, without the field's number before it. */
export function writeScalar(writer: BinaryWriter, type: ScalarType, value: ScalarOfText): void {
  if (value instanceof Uint8Array) {
    writer.bytes(value);
  } else if (typeof value === "string") {
    writer.string(value);
  } else if (typeof value === "boolean") {
    writer.bool(value);
  } else if (typeof value === "bigint") {
    writeLong(writer, type, value);
  } else {
    writeNumber(writer, type, value);
  }
}

function writeLong(writer: BinaryWriter, type: ScalarType, value: bigint): void {
  switch (type) {
    case ScalarType.INT64:
      writer.int64(value);
      break;
    case ScalarType.UINT64:
      writer.uint64(value);
      break;
    case ScalarType.SINT64:
      writer.sint64(value);
      break;
    case ScalarType.FIXED64:
      writer.fixed64(value);
      break;
    default:
      writer.sfixed64(value);
  }
}

function writeNumber(writer: BinaryWriter, type: ScalarType, value: number): void {
  switch (type) {
    case ScalarType.DOUBLE:
      writer.double(value);
      break;
    case ScalarType.FLOAT:
      writer.float(value);
      break;
    case ScalarType.UINT32:
      writer.uint32(value);
      break;
    case ScalarType.SINT32:
      writer.sint32(value);
      break;
    case ScalarType.FIXED32:
      writer.fixed32(value);
      break;
    case ScalarType.SFIXED32:
      writer.sfixed32(value);
      break;
    default:
      writer.int32(value);
  }
}
