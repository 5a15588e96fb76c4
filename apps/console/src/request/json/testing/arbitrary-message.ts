import {
  type DescExtension,
  type DescField,
  type DescMessage,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Message,
  type Registry,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";

/** Arbitrary messages of a type, at most `depth` messages deep; made from arbitrary ProtoJSON values. */
export function arbitraryMessage(desc: DescMessage, registry: Registry, depth = 3): fc.Arbitrary<Message> {
  return jsonOf(desc, registry, depth).map((json) => fromJson(desc, json, { registry }));
}

const text = fc.string({ unit: "grapheme" });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const special = fc.constantFrom<JsonValue>("NaN", "Infinity", "-Infinity", -0);
const base64 = fc.uint8Array({ maxLength: 12 }).map((bytes) => bytes.toBase64());
const anyJson = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;

function bigint(min: bigint, max: bigint): fc.Arbitrary<string> {
  return fc.oneof(fc.bigInt(min, max), fc.constantFrom(min, max, 2n ** 53n + 1n)).map(String);
}

function scalar(type: ScalarType): fc.Arbitrary<JsonValue> {
  switch (type) {
    case ScalarType.DOUBLE:
      return fc.oneof(finite, special);
    case ScalarType.FLOAT:
      return fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), special);
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return fc.integer();
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return fc.nat({ max: 2 ** 31 - 1 }).map((half) => half * 2 + 1);
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return bigint(-(2n ** 63n), 2n ** 63n - 1n);
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return bigint(0n, 2n ** 64n - 1n);
    case ScalarType.BOOL:
      return fc.boolean();
    case ScalarType.STRING:
      return text;
    case ScalarType.BYTES:
      return base64;
  }
}

const wellKnown: ReadonlyMap<string, fc.Arbitrary<JsonValue>> = new Map<string, fc.Arbitrary<JsonValue>>([
  [
    "google.protobuf.Timestamp",
    fc
      .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ],
  ["google.protobuf.Duration", fc.integer({ min: -1e9, max: 1e9 }).map((millis) => `${(millis / 1000).toFixed(3)}s`)],
  ["google.protobuf.FieldMask", fc.array(fc.constantFrom("name", "child.textField")).map((paths) => paths.join(","))],
  ["google.protobuf.Struct", fc.dictionary(text, anyJson)],
  ["google.protobuf.Value", anyJson],
  ["google.protobuf.ListValue", fc.array(anyJson)],
  [
    "google.protobuf.Any",
    fc.record({ "@type": fc.constant("type.googleapis.com/google.protobuf.Duration"), value: fc.constant("1.500s") }),
  ],
  ["google.protobuf.Int32Value", scalar(ScalarType.INT32)],
  ["google.protobuf.Int64Value", scalar(ScalarType.INT64)],
  ["google.protobuf.UInt32Value", scalar(ScalarType.UINT32)],
  ["google.protobuf.UInt64Value", scalar(ScalarType.UINT64)],
  ["google.protobuf.DoubleValue", scalar(ScalarType.DOUBLE)],
  ["google.protobuf.StringValue", text],
  ["google.protobuf.BytesValue", base64],
  ["google.protobuf.FloatValue", scalar(ScalarType.FLOAT)],
  ["google.protobuf.BoolValue", fc.boolean()],
]);

type Field = DescField | DescExtension;

function item(field: Field, registry: Registry, depth: number): fc.Arbitrary<JsonValue> {
  if (field.message !== undefined) {
    return jsonOf(field.message, registry, depth - 1);
  }
  if (field.enum !== undefined) {
    const known = fc.constantFrom<JsonValue>(...field.enum.values.map(({ name }) => name));
    const value = field.enum.open ? fc.oneof(known, fc.constant(77)) : known;
    return field.enum.typeName === "google.protobuf.NullValue" ? fc.constant(null) : value;
  }
  return scalar(field.scalar ?? ScalarType.STRING);
}

function fieldValue(field: Field, registry: Registry, depth: number): fc.Arbitrary<JsonValue> {
  switch (field.fieldKind) {
    case "list":
      return fc.array(item(field, registry, depth), { maxLength: 3 });
    case "map": {
      const key = scalar(field.mapKey).map(String);
      return fc.dictionary(key, item(field, registry, depth), { maxKeys: 3 });
    }
    default:
      return item(field, registry, depth);
  }
}

function jsonOf(desc: DescMessage, registry: Registry, depth: number): fc.Arbitrary<JsonValue> {
  const form = wellKnown.get(desc.typeName);
  if (form !== undefined) {
    return form;
  }
  const required = desc.fields.filter(({ presence }) => presence === FeatureSet_FieldPresence.LEGACY_REQUIRED);
  const others = depth <= 0 ? [] : [...desc.fields, ...extensionsOf(desc, registry)];
  // A few fields at a time keep the values small; every field has its turn.
  return fc.shuffledSubarray(others, { maxLength: Math.min(4, others.length) }).chain((some) => {
    const fields = [...new Set([...required, ...some])];
    const oneofs = new Set();
    const chosen = fields.filter(({ oneof }) => oneof === undefined || (!oneofs.has(oneof) && oneofs.add(oneof)));
    const values = chosen.map((field) => fieldValue(field, registry, depth));
    return fc.tuple(...values).map((list) => {
      const entries = chosen.map((field, i) => [nameOf(field), list[i] ?? null] as const);
      return Object.fromEntries(entries) as JsonObject;
    });
  });
}

function nameOf(field: Field): string {
  return field.kind === "extension" ? `[${field.typeName}]` : field.jsonName;
}

function extensionsOf(desc: DescMessage, registry: Registry): DescExtension[] {
  return [...registry].filter((found) => found.kind === "extension").filter(({ extendee }) => extendee === desc);
}
