import type { DescEnum, DescField, JsonObject, JsonValue, Registry } from "@bufbuild/protobuf";
import { base64Decode, base64Encode } from "@bufbuild/protobuf/wire";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { ExampleRules, FieldRules, StringFormat, ValueLimit, ValueRules } from "../example/example-rules.ts";
import { textOfPattern } from "../example/text-of-pattern.ts";
import { wellKnownExample } from "../example/well-known-example.ts";
import { isObject, itemsOf, objectsOf, readRules } from "./read-rules.ts";

/**
 * What the rules of a schema (protovalidate) ask of an example: the same object for the same registry. CEL expressions
 * ask nothing, since nothing tells what would keep them.
 */
export function schemaExampleRules(registry: Registry): ExampleRules {
  const rules = known.get(registry) ?? createRules(registry);
  known.set(registry, rules);
  return rules;
}

const known = new WeakMap<Registry, ExampleRules>();

function createRules(registry: Registry): ExampleRules {
  const fields = new WeakMap<DescField, FieldRules | "none">();
  return {
    of(field) {
      const found = fields.get(field) ?? fieldRules(field, registry) ?? "none";
      fields.set(field, found);
      return found === "none" ? undefined : found;
    },
    isRequired: (oneof) => readRules(oneof, registry)?.required === true,
  };
}

function fieldRules(field: DescField, registry: Registry): FieldRules | undefined {
  if (isSecondOfMany(field, registry)) {
    return { isLeftOut: true };
  }
  const rules = readRules(field, registry);
  if (rules === undefined || rules.ignore === "IGNORE_ALWAYS") {
    return undefined;
  }
  const { repeated, map } = rules;
  const list = isObject(repeated) ? repeated : isObject(map) ? map : {};
  const minItems = countOf(list.minItems ?? list.minPairs);
  return {
    ...valueRules(rules, field.enum, registry),
    isRequired: rules.required === true || refusesZero(field, rules, minItems),
    minItems,
    maxItems: countOf(list.maxItems ?? list.maxPairs),
    isUnique: list.unique === true,
    items: partRules(list.items ?? list.values, field.enum, registry),
    keys: partRules(list.keys, undefined, registry),
  };
}

/** Whether the message allows one of several fields, and another of them comes first. */
function isSecondOfMany({ name, parent }: DescField, registry: Registry): boolean {
  const oneofs = objectsOf(readRules(parent, registry)?.oneof).map(({ fields }) => itemsOf(fields));
  return oneofs.some((fields) => fields.indexOf(name) > 0);
}

/** Whether the rules also hold for a field that nobody has set, and may refuse what it counts as. */
function refusesZero(field: DescField, rules: JsonObject, minItems = 0): boolean {
  if (rules.ignore === "IGNORE_IF_ZERO_VALUE") {
    return false;
  }
  const isScalar = field.fieldKind === "scalar" || field.fieldKind === "enum";
  return minItems > 0 || (isScalar && field.presence === FeatureSet_FieldPresence.IMPLICIT);
}

function partRules(
  rules: JsonValue | undefined,
  enumType: DescEnum | undefined,
  registry: Registry,
): ValueRules | undefined {
  return isObject(rules) ? valueRules(rules, enumType, registry) : undefined;
}

const families: readonly string[] = ["required", "ignore", "cel", "celExpression", "repeated", "map"];

function valueRules(rules: JsonObject, enumType: DescEnum | undefined, registry: Registry): ValueRules {
  const [family = "", typed] = Object.entries(rules).find(([name]) => !families.includes(name)) ?? [];
  if (!isObject(typed)) {
    return {};
  }
  const value = (json: JsonValue | undefined) => exampleValue(json, family, enumType);
  const values = (json: JsonValue | undefined) =>
    json === undefined ? undefined : itemsOf(json).flatMap((item) => value(item) ?? []);
  const shared: ValueRules = {
    examples: values(typed.example),
    const: value(typed.const),
    in: family === "any" || family === "fieldMask" ? undefined : values(typed.in),
    notIn: values(typed.notIn),
    ...limits(typed, family),
  };
  switch (family) {
    case "string":
      return { ...shared, ...stringRules(typed) };
    case "bytes":
      return { ...shared, ...bytesRules(typed) };
    case "any":
      return { ...shared, examples: anyExamples(typed, registry) };
    case "fieldMask":
      return typed.in === undefined
        ? shared
        : { ...shared, const: itemsOf(typed.in)[0] ?? String(typed.in).split(",")[0] };
    default:
      return shared;
  }
}

function exampleValue(
  json: JsonValue | undefined,
  family: string,
  enumType: DescEnum | undefined,
): JsonValue | undefined {
  return family === "enum" ? (enumType?.values.find(({ number }) => number === json)?.name ?? json) : json;
}

function countOf(json: JsonValue | undefined): number | undefined {
  return json === undefined ? undefined : Number(json);
}

/** The moment before which, or after which, an example of "past" or "future" is safe for as long as a tab is open. */
const dayNanos = 86_400_000_000_000n;

function limits(typed: JsonObject, family: string): Pick<ValueRules, "min" | "max"> {
  const { gt, gte, lt, lte, gtNow, ltNow, within } = typed;
  const limit = (exclusive: JsonValue | undefined, inclusive: JsonValue | undefined): ValueLimit | undefined => {
    const value = limitValue(exclusive ?? inclusive, family);
    return value === undefined ? undefined : { value, isExclusive: exclusive !== undefined };
  };
  const now = BigInt(Date.now()) * 1_000_000n;
  const range = limitValue(within, "duration");
  if (typeof range === "bigint") {
    return { min: { value: now }, max: { value: now + range / 2n } };
  }
  return {
    min: gtNow === true ? { value: now + dayNanos } : limit(gt, gte),
    max: ltNow === true ? { value: now - dayNanos } : limit(lt, lte),
  };
}

function limitValue(json: JsonValue | undefined, family: string): number | bigint | undefined {
  if (json === undefined) {
    return undefined;
  }
  const text = String(json);
  switch (family) {
    case "duration":
      return nanosOf(text);
    case "timestamp": {
      const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
      const seconds = BigInt(Date.parse(text.replace(/\.\d+/, "")) / 1000);
      return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
    }
    default:
      return /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
  }
}

/** The nanoseconds of a `Duration` in its JSON form: `-1.5s`. */
function nanosOf(text: string): bigint {
  const [, sign = "", seconds = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?s$/.exec(text) ?? [];
  const nanos = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
  return sign === "" ? nanos : -nanos;
}

function stringRules(typed: JsonObject): ValueRules {
  return {
    minLength: countOf(typed.len ?? typed.lenBytes ?? typed.minLen ?? typed.minBytes),
    maxLength: countOf(typed.len ?? typed.lenBytes ?? typed.maxLen ?? typed.maxBytes),
    prefix: textOf(typed.prefix),
    suffix: textOf(typed.suffix),
    contains: textOf(typed.contains),
    pattern: textOf(typed.pattern),
    format: headerFormats.get(String(typed.wellKnownRegex)) ?? stringFormats.find((format) => typed[format] === true),
    ...examplesOfFormat(typed),
  };
}

function textOf(json: JsonValue | undefined): string | undefined {
  return typeof json === "string" && json !== "" ? json : undefined;
}

const stringFormats: readonly StringFormat[] = [
  "email",
  "hostname",
  "hostAndPort",
  "ip",
  "ipv4",
  "ipv6",
  "ipPrefix",
  "uri",
  "uriRef",
  "uuid",
  "tuuid",
  "ulid",
];

const headerFormats: ReadonlyMap<string, StringFormat> = new Map([
  ["KNOWN_REGEX_HTTP_HEADER_NAME", "httpHeaderName"],
  ["KNOWN_REGEX_HTTP_HEADER_VALUE", "httpHeaderValue"],
]);

/** Formats that are known by examples alone, of addresses that are set aside for them (RFC 5737, RFC 3849). */
const otherFormats: Readonly<Record<string, string>> = {
  address: "example.com",
  ipWithPrefixlen: "192.0.2.1/24",
  ipv4WithPrefixlen: "192.0.2.1/24",
  ipv6WithPrefixlen: "2001:db8::1/32",
  ipv4Prefix: "192.0.2.0/24",
  ipv6Prefix: "2001:db8::/32",
  protobufFqn: "google.protobuf.Any",
  protobufDotFqn: ".google.protobuf.Any",
};

function examplesOfFormat(typed: JsonObject): Pick<ValueRules, "examples"> {
  const known = Object.entries(otherFormats).find(([name]) => typed[name] === true)?.[1];
  const given = itemsOf(typed.example);
  if (given.length > 0) {
    return { examples: given };
  }
  const least = countOf(typed.minLen ?? typed.minBytes) ?? 0;
  const longEmail =
    typed.email === true && least > 15 ? `${"a".repeat(Math.min(least - 12, 64))}@example.com` : undefined;
  const example = known ?? longEmail;
  return example === undefined ? {} : { examples: [example] };
}

/** Bytes are known by their length, or else by an example that is made here. */
function bytesRules(typed: JsonObject): ValueRules {
  const minLength = countOf(typed.len ?? typed.minLen);
  const maxLength = countOf(typed.len ?? typed.maxLen);
  if (itemsOf(typed.example).length > 0) {
    return { minLength, maxLength };
  }
  const fixed =
    typed.ip === true || typed.ipv4 === true ? 4 : typed.ipv6 === true || typed.uuid === true ? 16 : undefined;
  if (fixed !== undefined) {
    return { examples: [base64Encode(Uint8Array.from({ length: fixed }, (_, at) => at + 1))] };
  }
  const pattern = textOf(typed.pattern);
  const text = pattern === undefined ? undefined : textOfPattern(pattern, minLength);
  if (text !== undefined) {
    return { examples: [base64Encode(new TextEncoder().encode(text))] };
  }
  const parts = [typed.prefix, typed.contains, typed.suffix].flatMap((part) => textOf(part) ?? []).map(base64Decode);
  if (parts.length > 0) {
    return { examples: [base64Encode(new Uint8Array(parts.flatMap((part) => [...part])))] };
  }
  return { minLength, maxLength };
}

function anyExamples(typed: JsonObject, registry: Registry): readonly JsonValue[] | undefined {
  const url = itemsOf(typed.in).find((item) => typeof item === "string");
  if (url === undefined) {
    return undefined;
  }
  const desc = registry.getMessage(url.slice(url.lastIndexOf("/") + 1));
  const form = desc && wellKnownExample(desc, undefined);
  return [form === undefined ? { "@type": url } : { "@type": url, value: form }];
}
