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
    | "messageCount";
  /** What the catalogue's sentence is filled with: field, expected, actual, limit. */
  readonly values: Readonly<Record<string, string>>;
}
