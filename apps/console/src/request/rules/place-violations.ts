import type { JsonDocument } from "../document/json-document.ts";
import { type FieldPlace, type FieldSubject, locateField } from "../document/locate-field.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import type { FieldViolation } from "./field-violation.ts";

/** The most characters of a path that are told. */
const mostOfPath = 200;

/** The violations of the message at `position`, as issues of the text. One whose field is unknown is placed at the message. */
export function placeViolations(
  document: JsonDocument,
  subject: FieldSubject,
  violations: readonly PlacedViolation[],
  kind: "rule" | "server",
): readonly JsonIssue[] {
  return violations.flatMap(({ position, message, ...aim }) => {
    const { field } = aim;
    const own = locateField(document, subject, position, aim);
    const place = own ?? locateField(document, subject, position, { field: "" });
    // What the path says is told where the text has no place for it.
    const told = own === undefined && field !== "" ? `${field.slice(0, mostOfPath)}: ${message}` : message;
    return place === undefined ? [] : [{ ...place, kind, values: { field, message: told } }];
  });
}

/** A violation of one of a text's messages. */
export interface PlacedViolation extends FieldViolation {
  readonly position: number;
}

/** Those violations whose field is as it was in `before`: the same characters, or still absent. */
export function unchangedViolations(
  document: JsonDocument,
  before: JsonDocument,
  subject: FieldSubject,
  violations: readonly PlacedViolation[],
): readonly PlacedViolation[] {
  const write = (from: JsonDocument, place: FieldPlace | undefined) =>
    place && (place.missing ?? from.text.slice(place.from, place.to));
  return violations.filter(({ position, ...aim }) => {
    const was = locateField(before, subject, position, aim);
    const is = locateField(document, subject, position, aim);
    return was?.missing === is?.missing && write(before, was) === write(document, is);
  });
}
