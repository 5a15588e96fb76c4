import type { TreeFault } from "./json-tree.ts";

/** The faults of grammar: `values.reason` of a `syntax` fault. */
export type SyntaxReason =
  | "extraText"
  | "missingValue"
  | "missingName"
  | "missingColon"
  | "missingComma"
  | "trailingComma"
  | "unquotedName"
  | "unclosedObject"
  | "unclosedArray"
  | "unclosedString"
  | "badEscape"
  | "controlCharacter"
  | "badNumber"
  | "badWord";

/** The most faults that one node, or one document, keeps: 100. */
export const maxFaults = 100;

const maxQuotedText = 40;

/** Offsets into a text in UTF-16 units; `to` is past the end. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** A fault at `span` of `text`, placed from `start`. Its `actual` is what stands there, cut after 40 units. */
export function syntaxFault(
  reason: SyntaxReason,
  span: TextSpan,
  { text, start }: { readonly text: string; readonly start: number },
): TreeFault {
  const actual = text.slice(span.from, Math.min(span.to, span.from + maxQuotedText));
  return { from: span.from - start, to: span.to - start, kind: "syntax", values: { reason, actual } };
}

/** The same fault, so much farther from the start. */
export function shiftFault(fault: TreeFault, by: number): TreeFault {
  return by === 0 ? fault : { ...fault, from: fault.from + by, to: fault.to + by };
}
