/** What is wrong in text format: a key of the language catalogues under `paste.fault`. */
export type TextFaultKind =
  | "expected"
  | "expectedField"
  | "expectedValue"
  | "badCharacter"
  | "badNumber"
  | "badEscape"
  | "unclosedString"
  | "tooDeep"
  | "unknownField"
  | "unknownNumber"
  | "unknownExtension"
  | "unknownType"
  | "unknownEnumValue"
  | "wrongType"
  | "outOfRange"
  | "notUtf8"
  | "duplicateField"
  | "oneofConflict";

/** A fault in text format, and where it stands. */
export interface TextFault {
  /** Offsets into the text in UTF-16 units; `to` is past the end. */
  readonly from: number;
  readonly to: number;
  readonly kind: TextFaultKind;
  /** What the catalogue's sentence is filled with. */
  readonly values: Readonly<Record<string, string>>;
}

/** The most faults that are told of one text. */
export const maxTextFaults = 100;

const maxQuotedLength = 40;

/** A part of the text for a fault, cut where it is long. */
export function quotePart(text: string): string {
  return text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength)}…` : text;
}
