import { doubleText, floatText } from "../../message/number-text.ts";
import { shownText } from "../../ui/shown-text.ts";
import type { WireNode, WireValue } from "./wire-node.ts";
import { wireTypes } from "./wire-node.ts";

/** The most characters and bytes of a value that a row shows. */
const mostCharacters = 200;
const mostBytes = 24;

/** A value on one line: text in quotes, bytes in hexadecimal, a message by its type's name. */
export function valueText(value: WireValue): string {
  switch (value.kind) {
    case "number":
      return value.text;
    case "bool":
      return String(value.value);
    case "enum":
      return value.name === undefined ? String(value.value) : `${value.name} = ${value.value}`;
    case "string":
      return (
        shownText(JSON.stringify(value.value.slice(0, mostCharacters))) +
        (value.value.length > mostCharacters ? " …" : "")
      );
    case "bytes":
      return hexLine(value.value);
    case "message":
      return value.desc?.typeName ?? "";
    case "entry":
    case "packed":
    case "unread":
      return "";
  }
}

/** The first bytes in hexadecimal, with spaces between them. */
export function hexLine(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, mostBytes), hexByte).join(" ");
  return bytes.byteLength > mostBytes ? `${shown} …` : shown;
}

/** A byte as two hexadecimal digits. */
export function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

/** The wire types' names, as https://protobuf.dev/programming-guides/encoding/#structure has them. */
const wireTypeNames = ["VARINT", "I64", "LEN", "SGROUP", "EGROUP", "I32"] as const;

/** The name of a wire type: `VARINT`. */
export function wireTypeName(wireType: number): string {
  return wireTypeNames[wireType] ?? String(wireType);
}

/** One other reading of a number whose type no schema tells. */
export interface OtherReading {
  readonly type: "sint64" | "int64" | "float" | "sfixed32" | "double" | "sfixed64";
  readonly text: string;
}

/** What else a number of an unknown type may be; none for other values. */
export function otherReadings({ field, entryPart, tag, value }: WireNode): readonly OtherReading[] {
  if (field !== undefined || entryPart !== undefined || value.kind !== "number") {
    return [];
  }
  const bits = BigInt(value.value);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits, true);
  switch (tag?.wireType) {
    case wireTypes.varint: {
      const signed: OtherReading = { type: "int64", text: String(BigInt.asIntN(64, bits)) };
      const zigzag: OtherReading = { type: "sint64", text: String((bits >> 1n) ^ -(bits & 1n)) };
      return signed.text === value.text ? [zigzag] : [signed, zigzag];
    }
    case wireTypes.fixed32:
      return [
        { type: "float", text: floatText(view.getFloat32(0, true)).replaceAll('"', "") },
        { type: "sfixed32", text: String(view.getInt32(0, true)) },
      ];
    case wireTypes.fixed64:
      return [
        { type: "double", text: doubleText(view.getFloat64(0, true)).replaceAll('"', "") },
        { type: "sfixed64", text: String(view.getBigInt64(0, true)) },
      ];
    default:
      return [];
  }
}
