/** What a rule is about: the field's value, or each item of its list, each key or each value of its map. */
export type RuleScope = "value" | "item" | "key" | "entry";

/** The formats of strings and bytes that have a name: keys of the language catalogues under `rules.format`. */
export type RuleFormat =
  | "email"
  | "hostname"
  | "hostAndPort"
  | "address"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "ipWithPrefixlen"
  | "ipv4WithPrefixlen"
  | "ipv6WithPrefixlen"
  | "ipPrefix"
  | "ipv4Prefix"
  | "ipv6Prefix"
  | "uri"
  | "uriRef"
  | "uuid"
  | "tuuid"
  | "ulid"
  | "protobufFqn"
  | "protobufDotFqn"
  | "httpHeaderName"
  | "httpHeaderValue";

/** What is counted: keys of the language catalogues under `rules.unit`. */
export type RuleUnit = "characters" | "bytes" | "items" | "entries";

/** What a schema asks, so that it can be said in any language. Values are as a schema writes them, as text. */
export type RuleAsk =
  /** The field must be set, or one member of the oneof. */
  | { readonly kind: "required" | "oneofRequired" | "unique" | "definedOnly" | "finite" | "past" | "future" }
  | {
      readonly kind:
        | "const"
        | "above"
        | "atLeast"
        | "below"
        | "atMost"
        | "pattern"
        | "prefix"
        | "suffix"
        | "contains"
        | "notContains"
        | "withinOfNow"
        | "example";
      readonly value: string;
    }
  /** Above or at `low`, and below or at `high`; `isOutside` where what is between them is refused. */
  | { readonly kind: "range"; readonly low: string; readonly high: string; readonly isOutside: boolean }
  | { readonly kind: "in" | "notIn"; readonly values: string }
  | {
      readonly kind: "count";
      readonly unit: RuleUnit;
      readonly bound: "exactly" | "atLeast" | "atMost";
      readonly limit: string;
    }
  | { readonly kind: "counts"; readonly unit: RuleUnit; readonly low: string; readonly high: string }
  | { readonly kind: "format"; readonly format: RuleFormat }
  /** At most one of these fields may be set, or exactly one. */
  | { readonly kind: "oneOfFields"; readonly fields: string; readonly isRequired: boolean }
  /** In the schema's own words; `expression` is what is computed. */
  | { readonly kind: "cel"; readonly message: string; readonly expression: string }
  /** A rule that is known by its name alone. */
  | { readonly kind: "other"; readonly name: string; readonly value: string }
  /** The other rules don't count while the value is zero; or never. */
  | { readonly kind: "ignoredIfZero" | "ignored" };

/** One rule of a field, a message or a oneof, as it can be told before it is broken. */
export interface RuleHint {
  readonly scope: RuleScope;
  readonly ask: RuleAsk;
}
