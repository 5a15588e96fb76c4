import { type DescField, type DescMessage, type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { hasWord, wordsOf } from "./name-words.ts";
import { scalarExample } from "./scalar-example.ts";

/**
 * An example of a well-known type in its own ProtoJSON form; undefined for every other type. `field` is the field that
 * holds it, whose name tells what it is for; `position` tells items of one list apart.
 */
export function wellKnownExample(desc: DescMessage, field: DescField | undefined, position = 0): JsonValue | undefined {
  const wrapped = wrappedScalar(desc);
  if (wrapped !== undefined) {
    return scalarExample(field?.name ?? "value", wrapped, position);
  }
  switch (desc.typeName) {
    case "google.protobuf.Timestamp":
      return timestampExample(wordsOf(field?.name ?? ""), position);
    case "google.protobuf.Duration":
      return hasWord(wordsOf(field?.name ?? ""), /^(timeout|ttl|deadline)$/) ? "30s" : `${1 + position}s`;
    case "google.protobuf.FieldMask":
      return field === undefined ? "" : maskExample(field);
    case "google.protobuf.Struct":
      return { key: "value" };
    case "google.protobuf.ListValue":
      return ["example"];
    case "google.protobuf.Value":
      return "example";
    case "google.protobuf.Any":
      return {};
    default:
      return undefined;
  }
}

/** The type of the value that a wrapper such as `google.protobuf.Int64Value` holds; undefined for every other type. */
export function wrappedScalar(desc: DescMessage): ScalarType | undefined {
  return wrappers.get(desc.typeName);
}

const wrappers: ReadonlyMap<string, ScalarType> = new Map([
  ["google.protobuf.BoolValue", ScalarType.BOOL],
  ["google.protobuf.BytesValue", ScalarType.BYTES],
  ["google.protobuf.DoubleValue", ScalarType.DOUBLE],
  ["google.protobuf.FloatValue", ScalarType.FLOAT],
  ["google.protobuf.Int32Value", ScalarType.INT32],
  ["google.protobuf.Int64Value", ScalarType.INT64],
  ["google.protobuf.StringValue", ScalarType.STRING],
  ["google.protobuf.UInt32Value", ScalarType.UINT32],
  ["google.protobuf.UInt64Value", ScalarType.UINT64],
]);

function timestampExample(words: readonly string[], position: number): string {
  const isEnd = hasWord(words, /^(end|ends|ended|until|expire|expires|expiry|expiration|finish|finished|to|before)$/);
  return `2030-10-${10 + (isEnd ? 1 : 0) + (position % 10)}T00:00:00Z`;
}

/** A mask of what stands beside it: the first fields of a message there, or the first fields there. */
function maskExample(field: DescField): string {
  const beside = field.parent.fields.filter((other) => other !== field);
  const subject = beside.find(({ fieldKind, message }) => fieldKind === "message" && isOwn(message))?.message;
  const names = (subject?.fields ?? beside).filter(({ name }) => /^[a-z]+(?:_[a-z]+)*$/.test(name));
  return names
    .slice(0, 2)
    .map(({ name }) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .join(",");
}

function isOwn(desc: DescMessage | undefined): boolean {
  return desc?.typeName.startsWith("google.protobuf.") === false;
}
