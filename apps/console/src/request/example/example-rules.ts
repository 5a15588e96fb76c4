import type { DescField, DescOneof, JsonValue } from "@bufbuild/protobuf";

/** The formats of a string that an example can be made in. */
export type StringFormat =
  | "email"
  | "hostname"
  | "hostAndPort"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "ipPrefix"
  | "uri"
  | "uriRef"
  | "uuid"
  /** A UUID without its dashes. */
  | "tuuid"
  | "ulid"
  | "httpHeaderName"
  | "httpHeaderValue";

/** One end of a range. */
export interface ValueLimit {
  /** Of a number, the number; of a `Duration` nanoseconds, of a `Timestamp` nanoseconds since 1970. */
  readonly value: number | bigint;
  /** Whether the value itself is outside. Default false. */
  readonly isExclusive?: boolean;
}

/** What a schema asks of one value: a field's, or an item's, a key's, an entry's. What is left out is not asked. */
export interface ValueRules {
  /** Values that the schema gives as examples, in the ProtoJSON form; the first is taken before everything else. */
  readonly examples?: readonly JsonValue[];
  /** The only value, in the ProtoJSON form. */
  readonly const?: JsonValue;
  /** The only values, in the ProtoJSON form. */
  readonly in?: readonly JsonValue[];
  /** Values that are refused, in the ProtoJSON form. */
  readonly notIn?: readonly JsonValue[];
  readonly min?: ValueLimit;
  readonly max?: ValueLimit;
  /** In Unicode code points for strings, in bytes for bytes. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly contains?: string;
  /** A regular expression (RE2) that the string must match somewhere. */
  readonly pattern?: string;
  readonly format?: StringFormat;
}

/** What a schema asks of a field. */
export interface FieldRules extends ValueRules {
  /** Whether the field must be set. */
  readonly isRequired?: boolean;
  /** Whether the field must not be set, because of another one that is. */
  readonly isLeftOut?: boolean;
  /** The fewest and the most items of a list or entries of a map. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Whether no two items of a list may be equal. */
  readonly isUnique?: boolean;
  /** Rules of each item of a list, or of each value of a map. */
  readonly items?: ValueRules;
  /** Rules of each key of a map. */
  readonly keys?: ValueRules;
}

/** What a schema's rules ask, as far as an example can follow them. */
export interface ExampleRules {
  /** The rules of a field; undefined where there are none. */
  of(field: DescField): FieldRules | undefined;
  /** Whether one member of the oneof must be set. */
  isRequired(oneof: DescOneof): boolean;
}
