import type { DescEnum, JsonObject, JsonValue, Registry } from "@bufbuild/protobuf";
import { isObject, itemsOf, objectsOf, type RuledDesc, readPredefined, readRules } from "./read-rules.ts";
import type { RuleAsk, RuleFormat, RuleHint, RuleScope, RuleUnit } from "./rule-hint.ts";

/** The most values of an `in` or `not_in` that are told, and the most characters of any one. */
const maxValues = 12;
const maxLength = 400;

/** What a schema asks of a field, a message or a oneof, each rule once, in the order in which it matters. */
export function describeRules(desc: RuledDesc, registry: Registry): readonly RuleHint[] {
  let known = described.get(registry);
  if (known === undefined) {
    known = new WeakMap();
    described.set(registry, known);
  }
  const hints = known.get(desc) ?? describe(desc, registry);
  known.set(desc, hints);
  return hints;
}

const described = new WeakMap<Registry, WeakMap<RuledDesc, readonly RuleHint[]>>();

function describe(desc: RuledDesc, registry: Registry): readonly RuleHint[] {
  const rules = readRules(desc, registry);
  if (rules === undefined) {
    return [];
  }
  switch (desc.kind) {
    case "message":
      return describeMessageRules(rules);
    case "oneof":
      return rules.required === true ? [{ scope: "value", ask: { kind: "oneofRequired" } }] : [];
    case "field":
    case "extension":
      return [...describeFieldRules(rules, { scope: "value", enumType: desc.enum, registry })];
  }
}

function describeMessageRules(rules: JsonObject): readonly RuleHint[] {
  const oneofs = objectsOf(rules.oneof).map((rule): RuleAsk => {
    const fields = itemsOf(rule.fields).map(String).join(", ");
    return { kind: "oneOfFields", fields, isRequired: rule.required === true };
  });
  return [...oneofs, ...celAsks(rules)].map((ask) => ({ scope: "value", ask }));
}

interface Describing {
  readonly scope: RuleScope;
  readonly enumType: DescEnum | undefined;
  readonly registry: Registry;
}

/** The members of `FieldRules` that are no rules of one type of field. */
const generalRules: ReadonlySet<string> = new Set(["required", "ignore", "cel", "celExpression"]);

function* describeFieldRules(rules: JsonObject, describing: Describing): Generator<RuleHint> {
  const { scope } = describing;
  if (rules.ignore === "IGNORE_ALWAYS") {
    yield { scope, ask: { kind: "ignored" } };
    return;
  }
  if (rules.required === true) {
    yield { scope, ask: { kind: "required" } };
  }
  for (const [family, typed] of Object.entries(rules)) {
    if (!generalRules.has(family) && isObject(typed)) {
      yield* describeTypeRules(family, typed, describing);
    }
  }
  for (const ask of celAsks(rules)) {
    yield { scope, ask };
  }
  if (rules.ignore === "IGNORE_IF_ZERO_VALUE") {
    yield { scope, ask: { kind: "ignoredIfZero" } };
  }
}

function* describeTypeRules(family: string, rules: JsonObject, describing: Describing): Generator<RuleHint> {
  const { scope } = describing;
  for (const ask of typeAsks(family, rules, describing)) {
    yield { scope, ask };
  }
  const parts: readonly [JsonValue | undefined, RuleScope][] =
    family === "repeated"
      ? [[rules.items, "item"]]
      : [
          [rules.keys, "key"],
          [rules.values, "entry"],
        ];
  for (const [part, partScope] of family === "repeated" || family === "map" ? parts : []) {
    if (isObject(part)) {
      yield* describeFieldRules(part, { ...describing, scope: partScope });
    }
  }
}

function* typeAsks(family: string, rules: JsonObject, { enumType, registry }: Describing): Generator<RuleAsk> {
  const write = (value: JsonValue) => writeValue(value, family, enumType);
  const told = new Set<string>(family === "repeated" ? ["items"] : family === "map" ? ["keys", "values"] : []);
  const take = (name: string): JsonValue | undefined => {
    told.add(name);
    return rules[name];
  };
  for (const [name, format] of Object.entries(formats)) {
    if (take(name) === true) {
      yield { kind: "format", format };
    }
  }
  const format = headerFormats.get(String(take("wellKnownRegex")));
  take("strict");
  if (format !== undefined) {
    yield { kind: "format", format };
  }
  for (const [name, kind] of flags) {
    if (take(name) === true) {
      yield { kind };
    }
  }
  for (const [name, kind] of valued) {
    const value = take(name);
    if (value !== undefined) {
      yield { kind, value: kind === "pattern" ? shorten(String(value)) : write(value) };
    }
  }
  for (const name of ["in", "notIn"] as const) {
    const values = rangeOfMask(take(name));
    if (values.length > 0) {
      const more = values.length > maxValues ? ", …" : "";
      yield { kind: name, values: values.slice(0, maxValues).map(write).join(", ") + more };
    }
  }
  yield* limitAsks({ gt: take("gt"), gte: take("gte"), lt: take("lt"), lte: take("lte") }, write);
  for (const [unit, exact, least, most] of counts) {
    const taken = [take(exact), take(least), take(most)];
    yield* countAsks(family === "bytes" && unit === "characters" ? "bytes" : unit, taken);
  }
  for (const example of itemsOf(take("example")).slice(0, 1)) {
    yield { kind: "example", value: write(example) };
  }
  for (const [name, value] of Object.entries(rules)) {
    if (!told.has(name) && value !== false) {
      yield* otherAsks(name, write(value), registry);
    }
  }
}

const formats: Readonly<Record<string, RuleFormat>> = {
  email: "email",
  hostname: "hostname",
  hostAndPort: "hostAndPort",
  address: "address",
  ip: "ip",
  ipv4: "ipv4",
  ipv6: "ipv6",
  ipWithPrefixlen: "ipWithPrefixlen",
  ipv4WithPrefixlen: "ipv4WithPrefixlen",
  ipv6WithPrefixlen: "ipv6WithPrefixlen",
  ipPrefix: "ipPrefix",
  ipv4Prefix: "ipv4Prefix",
  ipv6Prefix: "ipv6Prefix",
  uri: "uri",
  uriRef: "uriRef",
  uuid: "uuid",
  tuuid: "tuuid",
  ulid: "ulid",
  protobufFqn: "protobufFqn",
  protobufDotFqn: "protobufDotFqn",
};

const headerFormats: ReadonlyMap<string, RuleFormat> = new Map([
  ["KNOWN_REGEX_HTTP_HEADER_NAME", "httpHeaderName"],
  ["KNOWN_REGEX_HTTP_HEADER_VALUE", "httpHeaderValue"],
]);

const flags = [
  ["unique", "unique"],
  ["definedOnly", "definedOnly"],
  ["finite", "finite"],
  ["ltNow", "past"],
  ["gtNow", "future"],
] as const;

const valued = [
  ["const", "const"],
  ["pattern", "pattern"],
  ["prefix", "prefix"],
  ["suffix", "suffix"],
  ["contains", "contains"],
  ["notContains", "notContains"],
  ["within", "withinOfNow"],
] as const;

const counts: readonly (readonly [RuleUnit, string, string, string])[] = [
  ["characters", "len", "minLen", "maxLen"],
  ["bytes", "lenBytes", "minBytes", "maxBytes"],
  ["items", "", "minItems", "maxItems"],
  ["entries", "", "minPairs", "maxPairs"],
];

function* countAsks(unit: RuleUnit, [exact, least, most]: readonly (JsonValue | undefined)[]): Generator<RuleAsk> {
  if (exact !== undefined) {
    yield { kind: "count", unit, bound: "exactly", limit: String(exact) };
  }
  if (least !== undefined && most !== undefined) {
    yield { kind: "counts", unit, low: String(least), high: String(most) };
  } else if (least !== undefined) {
    yield { kind: "count", unit, bound: "atLeast", limit: String(least) };
  } else if (most !== undefined) {
    yield { kind: "count", unit, bound: "atMost", limit: String(most) };
  }
}

interface Limits {
  readonly gt: JsonValue | undefined;
  readonly gte: JsonValue | undefined;
  readonly lt: JsonValue | undefined;
  readonly lte: JsonValue | undefined;
}

function* limitAsks({ gt, gte, lt, lte }: Limits, write: (value: JsonValue) => string): Generator<RuleAsk> {
  const low = gt ?? gte;
  const high = lt ?? lte;
  if (low !== undefined && high !== undefined) {
    const signs = [gt === undefined ? "≥" : ">", lt === undefined ? "≤" : "<"];
    const isOutside = isBelow(high, low);
    yield { kind: "range", low: `${signs[0]} ${write(low)}`, high: `${signs[1]} ${write(high)}`, isOutside };
  } else if (low !== undefined) {
    yield { kind: gt === undefined ? "atLeast" : "above", value: write(low) };
  } else if (high !== undefined) {
    yield { kind: lt === undefined ? "atMost" : "below", value: write(high) };
  }
}

/** Compares two limits of one type: numbers, 64-bit integers as text, durations, or times. */
function isBelow(one: JsonValue, other: JsonValue): boolean {
  const [a, b] = [String(one), String(other)];
  if (/^-?\d+$/.test(a) && /^-?\d+$/.test(b)) {
    return BigInt(a) < BigInt(b);
  }
  return a.endsWith("Z") ? Date.parse(a) < Date.parse(b) : Number.parseFloat(a) < Number.parseFloat(b);
}

function celAsks(rules: JsonObject): readonly RuleAsk[] {
  return [
    ...objectsOf(rules.cel).map((rule) => celAsk(rule)),
    ...itemsOf(rules.celExpression).map((expression) => celAsk({ expression })),
  ];
}

function celAsk({ message = "", expression = "" }: JsonObject): RuleAsk {
  return { kind: "cel", message: shorten(String(message)), expression: shorten(String(expression)) };
}

/** A rule of the schema's own: by its words where it has them; and otherwise, like one of a later version, by its name. */
function* otherAsks(name: string, value: string, registry: Registry): Generator<RuleAsk> {
  const ownName = /^\[(.+)\]$/.exec(name)?.[1];
  const [rule] = ownName === undefined ? [] : readPredefined(ownName, registry);
  const message = String(rule?.message ?? "");
  yield message === ""
    ? { kind: "other", name: ownName?.slice(ownName.lastIndexOf(".") + 1) ?? name, value }
    : celAsk({ message, expression: String(rule?.expression ?? "") });
}

/** The values of a list; of a field mask, whose JSON is one text, its paths. */
function rangeOfMask(value: JsonValue | undefined): readonly JsonValue[] {
  return typeof value === "string" ? value.split(",") : itemsOf(value);
}

/** A value as it would be typed: text in quotes, enum values by their names. */
function writeValue(value: JsonValue, family: string, enumType: DescEnum | undefined): string {
  if (family === "enum") {
    return enumType?.values.find(({ number }) => number === value)?.name ?? String(value);
  }
  const isText = typeof value === "string" && (family === "string" || family === "bytes");
  return shorten(isText || typeof value === "object" ? JSON.stringify(value) : String(value));
}

function shorten(text: string): string {
  const characters = text.length > maxLength ? [...text.slice(0, maxLength * 2)] : [];
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join("")}…` : text;
}
