/** A fault in typed JSON, and where it stands. */
export interface JsonIssue {
  /** Offsets into the text in UTF-16 units; `to` is past the end and at least `from`. */
  readonly from: number;
  readonly to: number;
  /** What kind of fault it is: a key of the language catalogues under `issue`. */
  readonly kind:
    | "syntax"
    | "unknownField"
    | "duplicateField"
    | "wrongType"
    | "outOfRange"
    | "unknownEnumValue"
    | "oneofConflict"
    | "badBase64"
    | "badFormat"
    | "tooDeep"
    | "tooLarge"
    | "messageCount"
    /** A field without which the message can't be written (`required` of proto2, `LEGACY_REQUIRED`) is `missing`. */
    | "requiredField"
    /** A rule of the schema (protovalidate) is broken: `values.message` says which, in the schema's words. */
    | "rule"
    /** The server refused the field: `values.message` holds its words. */
    | "server";
  /**
   * The JSON name of a field that is missing in the object at `from`, and that the issue is about; undefined where the
   * issue is about what stands there.
   */
  readonly missing?: string;
  /** What the catalogue's sentence is filled with: field, expected, actual, limit. */
  readonly values: Readonly<Record<string, string>>;
}
